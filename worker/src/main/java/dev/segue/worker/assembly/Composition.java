package dev.segue.worker.assembly;

import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.SongComposed;
import dev.segue.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

final class Composition {
    Composition(LoadedModels models, ObjectStore store, Clock clock) {}

    SongComposed run(
            String songId, ModelRef model, ComposeSong song, Path scratch, WorkClock times, Checkpoint checkpoint)
            throws TaskFailedException, IOException, InterruptedException, Checkpoint.SongStoppedException {
        throw TaskFailedException.invalid("not yet");
    }
}
