/**
 * Weights: how they get here, and how they are read. Knows nothing of tensors libraries nor of the model's layers.
 *
 * <ul>
 *   <li>{@link dev.segue.worker.weights.SafetensorsFile} reads what the model runs on, mapped;
 *       {@link dev.segue.worker.weights.SafetensorsWriter} writes it.
 *   <li>{@link dev.segue.worker.weights.TorchCheckpoint} reads the original's files as data, and
 *       {@link dev.segue.worker.weights.CheckpointConversion} turns them into safetensors.
 *   <li>{@link dev.segue.worker.weights.ModelStore} brings a model to this machine by name and digest, from a
 *       {@link dev.segue.worker.weights.ModelSource}.
 *   <li>{@link dev.segue.worker.weights.ModelImporter} makes a model from what the authors of Jukebox published.
 *   <li>{@link dev.segue.worker.weights.RandomWeights} makes one of any size to measure with.
 * </ul>
 *
 * Whatever goes wrong is a {@link dev.segue.worker.weights.WeightsException} of some kind, and a file that is not whole
 * never stands under its name.
 */
package dev.segue.worker.weights;
