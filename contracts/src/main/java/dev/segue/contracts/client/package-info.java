/**
 * A client of Segue in Java: orders songs, follows what happens to them, knows which models there are. Knows topics, and
 * nothing of how songs are made.
 */
package dev.segue.contracts.client;
