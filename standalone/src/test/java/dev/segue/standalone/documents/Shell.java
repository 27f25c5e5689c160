package dev.segue.standalone.documents;

import dev.segue.standalone.Segue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A terminal in a folder that looks like the top of the repository, with homes of its own. */
final class Shell {
    private static final long LIMIT_MINUTES = 10;

    private final Path folder;

    /** Lays out what commands find: the launcher, and what they read. */
    Shell(Path folder) throws IOException {
        this.folder = folder;
        // The repository's launcher builds what is newer than the class path of the last package; this is of the tests.
        Path launcher = Files.writeString(
                folder.resolve("segue"),
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -Xmx1g -XX:TieredStopAtLevel=1 -Dai.djl.offline=true -cp '"
                        + System.getProperty("java.class.path") + "' " + Segue.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path words = Path.of("docs", "words.txt");
        Files.createDirectories(folder.resolve(words).getParent());
        Files.copy(DocumentedCommand.ROOT.resolve(words), folder.resolve(words));
        try (var recipe = Shell.class.getResourceAsStream("/dev/segue/standalone/train/small.json")) {
            Files.copy(recipe, folder.resolve("small.json"));
        }
    }

    Path folder() {
        return folder;
    }

    /** The home of a user who has a server. */
    Path home() {
        return folder.resolve("home");
    }

    /** What a line printed and how it ended, for a user with this home. */
    Result run(String line, Path home) throws IOException, InterruptedException {
        Process process = start(line, home);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroy();
            throw new AssertionError(line + " does not end, after\n" + output);
        }
        return new Result(process.exitValue(), output);
    }

    private Process start(String line, Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-o", "pipefail", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(key -> key.startsWith("SEGUE_"));
        environment.put("HOME", home.toString());
        environment.put("SEGUE_HOME", home.resolve(".segue").toString());
        environment.put("OPT_OUT_TRACKING", "true");
        return builder.start();
    }

    /** What a line did. */
    record Result(int exitCode, String output) {}
}
