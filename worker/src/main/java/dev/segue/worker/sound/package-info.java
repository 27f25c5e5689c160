/**
 * Files of sound: reading what a user gives (WAV, FLAC) as the model's mono samples, and writing pieces and finished
 * songs, all in bounded memory.
 */
package dev.segue.worker.sound;
