package dev.segue.standalone.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The browser of this machine, headless. It remembers what went wrong in its pages, and whom they asked.
 *
 * <p>Used by one thread.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    /** The machine may be busy with songs. */
    static final int PATIENCE_MILLIS = 180_000;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private Chromium(Path executable) {
        // The browser is the system's; what Playwright would fetch does not come from Maven Central.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setTimeout(PATIENCE_MILLIS)
                        // Where there is no graphics card, imitating one costs more than drawing without.
                        .setArgs(List.of(
                                "--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required")));
    }

    /** Starts it; without one, the test is skipped unless -Dsegue.browser=required. */
    static Chromium start() {
        Optional<Path> found = find();
        boolean required = "required".equals(System.getProperty("segue.browser"));
        assumeTrue(
                required || found.isPresent(),
                "no chromium on the PATH: install it, or say where it is with SEGUE_BROWSER; -Pbrowser requires it");
        return new Chromium(found.orElseThrow(
                () -> new AssertionError("-Pbrowser requires a browser, but there is no chromium on the PATH")));
    }

    private static Optional<Path> find() {
        String given = System.getenv("SEGUE_BROWSER");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        Stream<Path> folders =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return folders.flatMap(folder -> NAMES.stream().map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A page of a context of its own: nothing is remembered of others. */
    Page page(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onRequest(request -> asked.add(request.url()));
        page.onPageError(troubles::add);
        page.onConsoleMessage(message -> {
            // A server that is away, and requests that are refused, are what some tests are about.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                troubles.add(message.text());
            }
        });
        return page;
    }

    Page page() {
        return page(desk());
    }

    /** A desk's screen, in daylight. */
    static Browser.NewContextOptions desk() {
        return new Browser.NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.LIGHT);
    }

    /** All addresses that were asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** What scripts threw, and what the browser refused to do. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
