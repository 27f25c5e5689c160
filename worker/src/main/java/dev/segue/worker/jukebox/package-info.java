/**
 * The model: the VQ-VAE that turns sound into codes and back, the priors that write codes, and what they are published
 * as (specification §2 to §7, §12.3). The mathematics is in scripts beside the classes, which load weights into them and
 * pass arrays to and fro.
 */
package dev.segue.worker.jukebox;
