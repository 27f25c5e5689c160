/**
 * Training as it goes on: songs become sound and codes, items and windows of them are learnt from step by step, and what
 * was learnt becomes the files of a model. What a step computes is in {@link dev.segue.worker.training}.
 */
package dev.segue.worker.trainer;
