package dev.segue.worker.weights;

/**
 * A storage of a checkpoint: a flat run of elements that tensors are views of.
 *
 * @param key its name in the checkpoint
 * @param type element type
 * @param elements how many it has
 * @param position first byte of its data in the file
 */
public record TorchStorage(String key, TensorType type, long elements, long position) {}
