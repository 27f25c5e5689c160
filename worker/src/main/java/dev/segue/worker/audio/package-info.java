/** Sound as numbers: samples of files, mixing to mono, and how far two sounds are apart in their spectra. */
package dev.segue.worker.audio;
