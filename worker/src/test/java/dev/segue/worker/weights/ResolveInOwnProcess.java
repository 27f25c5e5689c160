package dev.segue.worker.weights;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own that resolves one model. */
public final class ResolveInOwnProcess {
    private ResolveInOwnProcess() {}

    /** Resolves the model {@code args[2]} with digest {@code args[3]} from {@code args[1]} into {@code args[0]}. */
    public static void main(String[] args) throws IOException {
        RetryPolicy retries = new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(5));
        new ModelStore(Path.of(args[0]), new HttpSource(URI.create(args[1])), StoredModel::filesOf, retries)
                .resolve(args[2], args[3]);
    }
}
