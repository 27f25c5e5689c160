/** Training a model: what it reads, and the arithmetic of a step (specification §11). */
package dev.segue.worker.training;
