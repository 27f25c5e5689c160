/** The object store: songs are put there and read from there, in bounded memory, over whatever speaks S3. */
package dev.segue.worker.store;
