package dev.segue.standalone.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What axe-core has to say of each page, by day and by night. */
@Tag("browser")
@ExtendWith(Stage.class)
class AccessibilityBrowserTest {
    private static final String SERIOUS = "async () => (await axe.run()).violations"
            + ".filter(({ impact }) => impact === 'serious' || impact === 'critical')"
            + ".flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`))";

    private final Chromium chromium;
    private final Installation segue;

    AccessibilityBrowserTest(Chromium chromium, Installation segue) {
        this.chromium = chromium;
        this.segue = segue;
    }

    @Test
    void theListHasNothingSerious() throws IOException, InterruptedException {
        segue.finished();
        checked(opened("/songs"));
    }

    @Test
    void theFormHasNothingSeriousEvenWithProblems() throws IOException {
        Page page = opened("/songs#token=" + Installation.TOKEN);
        page.locator("[data-new]").click();
        page.locator("#sheet summary").click();
        page.locator("#field-durationSeconds").fill("-3");
        page.locator("#sheet .primary").click();
        assertThat(page.locator("#wrong-durationSeconds")).isVisible();
        checked(page);
    }

    @Test
    void aFinishedSongHasNothingSerious() throws IOException, InterruptedException {
        Page page = opened("/songs/" + segue.finished());
        page.waitForFunction("() => document.querySelector('.lyrics.timed') !== null");
        page.evaluate("() => document.querySelector('.score').player.seek(2.5 * 22050)");
        checked(page);
    }

    @Test
    void aSongThatIsMadeHasNothingSerious() throws IOException, InterruptedException {
        segue.ask("looked-at", 30, "Over water, over stone");
        Page page = opened("/songs/looked-at#token=" + Installation.TOKEN);
        page.waitForFunction("() => document.querySelector('.level-2 .sampled')?.width.baseVal.value > 0");
        checked(page, false);
        page.locator("[data-cancel]").click();
        assertThat(page.locator("main")).hasAttribute("data-state", "cancelled");
        checked(page);
    }

    @Test
    void deadLettersAndProblemsHaveNothingSerious() throws IOException {
        checked(opened("/dead-letters"));
        checked(opened("/songs/never-asked-for"));
    }

    private Page opened(String path) {
        Page page = chromium.page();
        page.navigate(segue.at(path));
        return page;
    }

    private static void checked(Page page) throws IOException {
        checked(page, true);
    }

    private static void checked(Page page, boolean last) throws IOException {
        try (InputStream axe = AccessibilityBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            List<?> found = (List<?>) page.evaluate(SERIOUS, Map.of());
            assertThat(found).as("%s of %s", scheme, page.url()).isEmpty();
        }
        if (last) {
            page.context().close();
        }
    }
}
