package dev.segue.standalone.page;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One browser and one installation for all test classes of a process: both take a while to start. */
final class Stage implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Chromium.class || type == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store all = context.getRoot().getStore(ExtensionContext.Namespace.create(Stage.class));
        // First, since without a browser nothing else is needed.
        Chromium chromium = all.getOrComputeIfAbsent(Chromium.class, type -> chromium(), Chromium.class);
        return parameter.getParameter().getType() == Chromium.class
                ? chromium
                : all.getOrComputeIfAbsent(Installation.class, type -> installation(), Installation.class);
    }

    private static Chromium chromium() {
        PlaywrightAssertions.setDefaultAssertionTimeout(Chromium.PATIENCE_MILLIS);
        return Chromium.start();
    }

    private static Installation installation() {
        try {
            return new Installation(Files.createTempDirectory("segue-page"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it started", e);
        }
    }
}
