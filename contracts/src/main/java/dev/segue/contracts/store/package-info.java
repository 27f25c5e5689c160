/** How the object store is reached in which songs lie. */
package dev.segue.contracts.store;
