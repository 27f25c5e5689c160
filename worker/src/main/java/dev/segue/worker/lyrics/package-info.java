/** When each character, word and line of a song's lyrics is sung, and the files that tell it. */
package dev.segue.worker.lyrics;
