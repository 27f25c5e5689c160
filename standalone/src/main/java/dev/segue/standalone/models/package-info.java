/** {@code segue models} and {@code segue import}: which models are here, and bringing one here. */
package dev.segue.standalone.models;
