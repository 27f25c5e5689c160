package dev.segue.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the registry's program lies: in the folder that the system property {@value #PROPERTY} names, else in the folder
 * {@code registry} beside the classes or the jar of this module. The build unpacks it to {@code embedded/target}; an
 * installed copy has it beside its jars.
 *
 * @param program the jar to start
 * @param classes what {@link RegistryProcess} is loaded from
 */
record RegistryHome(Path program, Path classes) {
    static final String PROPERTY = "segue.registry.home";

    static RegistryHome find() throws EmbeddedException {
        Path classes = ownClasses();
        String given = System.getProperty(PROPERTY);
        return in(given == null ? classes.resolveSibling("registry") : Path.of(given), classes);
    }

    static RegistryHome in(Path folder, Path classes) throws EmbeddedException {
        return new RegistryHome(program(folder.toAbsolutePath()).orElseThrow(() -> missing(folder)), classes);
    }

    private static Path ownClasses() {
        try {
            return Path.of(RegistryHome.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the address of this class is none", e);
        }
    }

    private static Optional<Path> program(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static EmbeddedException missing(Path folder) {
        return new EmbeddedException.NotInstalled(
                "the schema registry's program is not in %s: build with ./mvnw -pl embedded -am generate-resources, or name its folder with -D%s"
                        .formatted(folder, PROPERTY));
    }
}
