/**
 * A client of Segue: orders songs, follows what happens to them, fetches what they are made of. Knows topics and objects,
 * and nothing of how songs are made.
 */
package dev.segue.standalone.songs;
