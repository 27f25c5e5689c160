/** The codes of a song outside of the model: their files, and how a sound becomes them. */
package dev.segue.worker.codes;
