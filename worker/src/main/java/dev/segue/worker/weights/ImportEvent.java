package dev.segue.worker.weights;

import dev.segue.contracts.model.ModelFile;

/** What an import reports while it runs. */
public sealed interface ImportEvent {

    /** What must be known before anything is fetched. */
    record Licence(String notice) implements ImportEvent {}

    /** {@code received} of {@code total} bytes of {@code file} are here; {@code total} is -1 if nobody knows. */
    record Fetching(String file, long received, long total) implements ImportEvent {}

    /** {@code written} of {@code total} bytes of {@code file} are converted, {@code tensor} last. */
    record Converting(String file, String tensor, long written, long total) implements ImportEvent {}

    /** {@code file} was converted by an earlier try and is kept. */
    record Kept(String file) implements ImportEvent {}

    /** The model is complete. */
    record Finished(ModelFile card) implements ImportEvent {}
}
