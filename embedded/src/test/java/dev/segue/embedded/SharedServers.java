package dev.segue.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests an {@link Infrastructure} that all test classes of the JVM share: it is started for the first that asks,
 * on a folder of its own, and stopped after the last. Tests keep apart by the names of their topics, groups, subjects
 * and keys, and leave the servers running.
 *
 * <pre>
 * {@literal @}ExtendWith(SharedServers.class)
 * class SomeTest {
 *     {@literal @}BeforeAll
 *     static void connect(Infrastructure servers) { … }
 * </pre>
 */
public final class SharedServers implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedServers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Infrastructure.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .servers();
    }

    /** Closed by JUnit with the store that holds it. */
    private record Running(Path folder, Infrastructure servers) implements AutoCloseable {

        static Running start() {
            try {
                Path folder = Files.createTempDirectory("segue-servers");
                return new Running(folder, Infrastructure.start(folder, Ports.free()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the servers started", e);
            }
        }

        @Override
        public void close() throws IOException {
            servers.close();
            List<Path> innermostFirst;
            try (Stream<Path> all = Files.walk(folder)) {
                innermostFirst = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : innermostFirst) {
                Files.delete(path);
            }
        }
    }
}
