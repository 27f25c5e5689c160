/** {@code segue sample}: one song in this process, from words to a sound file, in all four modes. */
package dev.segue.standalone.sample;
