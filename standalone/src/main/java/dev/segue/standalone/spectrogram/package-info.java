/** {@code segue spectrogram}: pictures of songs, to compare them by eye. */
package dev.segue.standalone.spectrogram;
