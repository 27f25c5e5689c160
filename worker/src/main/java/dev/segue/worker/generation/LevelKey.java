package dev.segue.worker.generation;

import dev.segue.contracts.record.WindowTask;

/** One level of one model: what an engine samples. */
record LevelKey(String model, String digest, int level) {
    static LevelKey of(WindowTask task) {
        return new LevelKey(task.getModel(), task.getModelDigest(), task.getLevel());
    }
}
