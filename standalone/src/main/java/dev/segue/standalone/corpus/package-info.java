/** {@code segue corpus}: songs to train on that need no download and no licence. */
package dev.segue.standalone.corpus;
