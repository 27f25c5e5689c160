package dev.segue.standalone.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;

/** Pictures of the page, by day and by night, below target/page; some of them are kept in docs/page. */
final class Pictures {
    private static final Path FOLDER = Path.of("target", "page");

    private Pictures() {}

    /** The page as it is, in both colours. */
    static void take(Page page, String name) {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            // Pictures on canvases are drawn anew in the next frames.
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
            String file = name + "-" + (scheme == ColorScheme.DARK ? "dark" : "light") + ".png";
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file)));
        }
    }
}
