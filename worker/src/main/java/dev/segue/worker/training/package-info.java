/**
 * What happens to a model while it is trained (specification §2.5, §2.7, §11): what it reads, losses, gradients,
 * codebooks that follow the latents, the optimiser and the moving average.
 */
package dev.segue.worker.training;
