/** Why a request cannot be served, as types that every part of Segue shares. */
package dev.segue.contracts.request;
