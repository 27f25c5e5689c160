package dev.segue.standalone.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand songs in the list. What it costs is printed, as a busy machine would make any limit lie. */
@Tag("browser")
@ExtendWith(Stage.class)
class ManySongsBrowserTest {
    private static final int SONGS = 1000;

    /** Scrolls through the list for so many frames, and tells how long they took, the shortest first. */
    private static final String FRAMES = """
            (count) => new Promise((done) => {
              const frames = [];
              let before = performance.now();
              const step = (now) => {
                frames.push(now - before);
                before = now;
                window.scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * (frames.length / count));
                if (frames.length < count) requestAnimationFrame(step);
                else done(frames.slice(1).sort((a, b) => a - b));
              };
              requestAnimationFrame(step);
            })""";

    private static final String COST = """
            () => {
              const [page, ...rest] = [...performance.getEntriesByType('navigation'),
                ...performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/'))];
              return {
                firstPaint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
                html: page.transferSize,
                assets: rest.reduce((sum, { transferSize }) => sum + transferSize, 0),
                files: rest.length,
              };
            }""";

    private final Chromium chromium;
    private final Installation segue;

    ManySongsBrowserTest(Chromium chromium, Installation segue) {
        this.chromium = chromium;
        this.segue = segue;
    }

    @Test
    void aThousandSongsAreListedAndScrolledThroughWhileOthersCome() throws IOException, InterruptedException {
        // A request for a model that nobody has is a song that costs nothing but its row.
        for (int number = 0; number < SONGS; number++) {
            segue.order("one-of-many-" + number, "nobody-has-it", "Orla Venn");
        }
        segue.await("one-of-many-" + (SONGS - 1), "rejected");
        Page page = chromium.page();
        page.navigate(segue.at("/songs"));
        page.waitForFunction("(songs) => document.querySelectorAll('.song-row').length >= songs", SONGS);
        Map<?, ?> cost = (Map<?, ?>) page.evaluate(COST);
        for (int number = 0; number < 50; number++) {
            segue.order("one-more-" + number, "nobody-has-it", "Orla Venn");
        }
        List<?> frames = (List<?>) page.evaluate(FRAMES, 300);
        System.out.println("page: songs=" + SONGS + " first_paint_ms=" + cost.get("firstPaint") + " html_bytes="
                + cost.get("html") + " asset_bytes=" + cost.get("assets") + " assets=" + cost.get("files")
                + " frame_ms_median=" + frames.get(frames.size() / 2) + " frame_ms_p95="
                + frames.get(frames.size() * 95 / 100) + " frame_ms_longest=" + frames.get(frames.size() - 1));
        assertThat(frames).hasSizeGreaterThan(100);
        assertThat(page.locator(".song-row[data-id=one-more-49]")).hasCount(1);
        page.locator("#search").fill("one-of-many-77");
        assertThat(page.locator("#counted")).hasText("11 songs");
        assertThat(page.locator("#nothing-found")).isHidden();
        page.locator("#search").fill("nobody asked for this");
        assertThat(page.locator("#nothing-found")).isVisible();
        assertThat(page.locator("[data-after]")).hasCount(0);
        page.context().close();
    }
}
