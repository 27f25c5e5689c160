package dev.segue.standalone.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand songs in the list. What it costs is printed, as a busy machine would make any limit lie. */
@Tag("browser")
@ExtendWith(Stage.class)
class ManySongsBrowserTest {
    private static final int SONGS = 1000;
    private static final int MORE = 100;
    private static final int FRAMES = 300;

    /** Scrolls through the list for so many frames, and tells how long they took, the shortest first. */
    private static final String SCROLL = """
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

    /** Bytes of page, style and scripts, as they came over the line and as they are. */
    private static final String COST = """
            () => {
              const files = [...performance.getEntriesByType('navigation'),
                ...performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/'))];
              const sum = (size) => files.reduce((all, file) => all + file[size], 0);
              return `first_paint_ms=${Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)}`
                + ` files=${files.length} html_bytes=${files[0].transferSize} transferred_bytes=${sum('transferSize')}`
                + ` raw_bytes=${sum('decodedBodySize')}`;
            }""";

    private final Chromium chromium;
    private final Installation segue;

    ManySongsBrowserTest(Chromium chromium, Installation segue) {
        this.chromium = chromium;
        this.segue = segue;
    }

    @Test
    void aThousandSongsAreListedAndScrolledThroughWhileOthersCome() throws IOException, InterruptedException {
        listMany();
        Page page = chromium.page();
        page.navigate(segue.at("/songs"));
        page.waitForFunction("(songs) => document.querySelectorAll('.song-row').length >= songs", SONGS);
        System.out.println("page: path=/songs songs=" + SONGS + " " + page.evaluate(COST));
        scroll(page, "alone");
        CompletableFuture<Void> orders = CompletableFuture.runAsync(() -> order("one-more-", MORE));
        scroll(page, "while_songs_come");
        orders.join();
        Locator row = page.locator(".song-row[data-id=one-more-99]");
        assertThat(row.locator(".state")).hasText("Refused");
        assertThat(row.locator(".facts")).hasText("one-more-99 · no known length");
        assertThat(page.locator(".song-row").first()).hasAttribute("data-id", "one-more-99");
        assertThat(page.locator(".song-row").nth(MORE - 1)).hasAttribute("data-id", "one-more-0");

        page.locator("#search").fill("one-of-many-77");
        assertThat(page.locator("#counted")).hasText("11 songs");
        assertThat(page.locator("#nothing-found")).isHidden();
        page.locator("#search").fill("nobody asked for this");
        assertThat(page.locator("#nothing-found")).isVisible();
        assertThat(page.locator("[data-after]")).hasCount(0);
        page.context().close();
    }

    @Test
    void aListOfManyIsSeenAtItsTop() throws IOException, InterruptedException {
        listMany();
        List<List<String>> asked = List.of(
                List.of("Brum Haddick", "stomp"),
                List.of("Tilse Marrow", "drift"),
                List.of("Orla Venn", "waltz"),
                List.of("The Pair of Und", "circuit"));
        for (List<String> each : asked) {
            segue.ask(each.get(1) + "-by-night", 2, "", each.get(0), each.get(1));
        }
        for (List<String> each : asked) {
            segue.await(each.get(1) + "-by-night", "completed");
        }
        segue.ask("listed-half-made", 20, "Over water, over stone", "Orla Venn", "waltz");
        segue.ask("listed-next", 30, "", "The Pair of Und", "drift");
        Page page = chromium.page();
        page.navigate(segue.at("/songs#token=" + Installation.TOKEN));
        assertThat(page.locator(".line")).hasText("Live");
        page.waitForFunction("() => Number(document.querySelector('[data-id=listed-half-made] .level-2 .heard')"
                + "?.getAttribute('width')) > 500");
        page.waitForFunction("(songs) => document.querySelectorAll('.song-row').length >= songs", SONGS);
        Locator made = page.locator("[data-id=listed-half-made]");
        assertThat(made.locator(".state")).hasText("Being made");
        assertThat(made.locator(".facts")).hasText("listed-half-made · 20 s · demo");
        Pictures.take(page, "list");
        segue.cancel("listed-half-made");
        segue.cancel("listed-next");
        assertThat(page.locator("[data-id=listed-next]")).hasAttribute("data-state", "cancelled");
        page.context().close();
    }

    @Test
    void theWeightOfASongsPageIsTold() throws IOException, InterruptedException {
        Page page = chromium.page();
        page.navigate(segue.at("/songs/" + segue.finished()));
        page.waitForFunction("() => document.querySelector('.score').player?.plan[0]?.piece.level === -1");
        String cost = (String) page.evaluate(COST);
        System.out.println("page: path=/songs/{id} " + cost);
        assertThat(cost).contains("transferred_bytes=");
        page.context().close();
    }

    /** Asks for them where nobody did yet: a request for a model that nobody has is a song that costs nothing but its row. */
    private void listMany() throws IOException, InterruptedException {
        String last = "one-of-many-" + (SONGS - 1);
        if (!segue.read("/songs/" + last).has("state")) {
            order("one-of-many-", SONGS);
            segue.await(last, "rejected");
        }
    }

    private void order(String prefix, int count) {
        try {
            for (int number = 0; number < count; number++) {
                segue.order(prefix + number, "nobody-has-it", "Orla Venn");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it asked for songs", e);
        }
    }

    /** Scrolls through the list, and prints how long frames took, and how long the page's thread computed for one. */
    private static void scroll(Page page, String when) {
        CDPSession browser = page.context().newCDPSession(page);
        JsonObject ofThread = new JsonObject();
        ofThread.addProperty("timeDomain", "threadTicks");
        browser.send("Performance.enable", ofThread);
        double before = computed(browser);
        List<?> frames = (List<?>) page.evaluate(SCROLL, FRAMES);
        double computed = (computed(browser) - before) / FRAMES;
        browser.detach();
        System.out.printf(
                Locale.ROOT,
                "page: scrolling=%s songs=%d frames=%d frame_ms_median=%.1f frame_ms_p95=%.1f frame_ms_longest=%.1f"
                        + " computed_ms_a_frame=%.2f%n",
                when,
                SONGS,
                frames.size(),
                frame(frames, 50),
                frame(frames, 95),
                frame(frames, 100),
                computed * 1000);
        assertThat(frames).hasSize(FRAMES - 1);
    }

    private static double frame(List<?> frames, int percent) {
        return ((Number) frames.get(Math.min(frames.size() - 1, frames.size() * percent / 100))).doubleValue();
    }

    /** Seconds that the page's thread has computed, whatever else the machine did meanwhile. */
    private static double computed(CDPSession browser) {
        for (JsonElement metric : browser.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
                return metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new AssertionError("the browser does not tell how long it computed");
    }
}
