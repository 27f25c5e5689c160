package dev.segue.worker.assembly;

import dev.segue.contracts.record.AudioTask;

/**
 * Which model a task is about.
 *
 * @param name what requests call it
 * @param digest SHA-256 of its card
 */
record ModelRef(String name, String digest) {
    static ModelRef of(AudioTask task) {
        return new ModelRef(task.getModel(), task.getModelDigest());
    }
}
