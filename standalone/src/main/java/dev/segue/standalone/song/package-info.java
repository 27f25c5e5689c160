/** {@code segue song}: everything for one song in one process. */
package dev.segue.standalone.song;
