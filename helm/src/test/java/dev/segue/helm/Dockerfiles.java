package dev.segue.helm;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What images are built from. */
final class Dockerfiles {
    static final List<Path> ALL = Stream.of("orchestrator", "worker", "standalone")
            .map(role -> ComposeFile.TOP.resolve(role).resolve("Dockerfile"))
            .toList();

    private Dockerfiles() {}
}
