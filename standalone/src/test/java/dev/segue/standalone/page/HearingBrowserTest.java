package dev.segue.standalone.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hearing songs in a browser, while they are made and when they are finished. */
@Tag("browser")
@ExtendWith(Stage.class)
class HearingBrowserTest {
    private static final String PLAYS_PAST_HALF_A_SECOND =
            "() => document.querySelector('.score').player?.position > 11025";

    private static final String TO_THE_SECOND_WORD = "() => document.querySelector('.score').player.seek("
            + "22050 * (Number(document.querySelectorAll('.lyrics .word[data-at]')[1].dataset.at) + 0.05))";

    private final Chromium chromium;
    private final Installation segue;

    HearingBrowserTest(Chromium chromium, Installation segue) {
        this.chromium = chromium;
        this.segue = segue;
    }

    @Test
    void aSongIsHeardWhileItIsMadeAndGetsFinerMeanwhile() throws IOException, InterruptedException {
        String id = "heard-early";
        segue.ask(id, 12, "Harbour lights are leaning low");
        Page page = chromium.page();
        page.navigate(segue.at("/songs/" + id));
        page.waitForFunction("() => document.querySelector('.level-2 .sampled')?.width.baseVal.value > 0");
        page.waitForFunction("() => document.querySelector('.score').player?.plan.length > 0");
        page.locator(".play").click();
        page.waitForFunction(PLAYS_PAST_HALF_A_SECOND);
        assertThat(page.locator(".score")).hasAttribute("data-hearing", Pattern.compile("[012]"));
        assertThat(segue.read("/songs/" + id).get("state").asText()).isIn("sampling", "composing");
        page.waitForFunction("() => document.querySelector('.level-0 .sampled')?.width.baseVal.value > 120");
        page.evaluate("() => document.querySelector('.score').player.seek(0)");
        page.waitForFunction("() => document.querySelector('.score').dataset.player === 'playing'");
        Pictures.take(page, "half-made");
        Locator percent = page.locator(".of-level.level-2");
        assertThat(percent).hasAttribute("aria-valuenow", "100");

        assertThat(page.locator("main")).hasAttribute("data-state", "completed");
        assertThat(page.locator(".files a")).not().hasCount(0);
        page.waitForFunction("() => document.querySelector('.score').player.stretch?.piece.level === -1");
        page.context().close();
    }

    @Test
    void anotherLevelGoesOnWhereTheOneBeforeWas() throws IOException, InterruptedException {
        Page page = playing(segue.finished());
        assertThat(page.locator(".score")).hasAttribute("data-hearing", "-1");
        double before = sampleAtZero(page);
        List<Route> held = new CopyOnWriteArrayList<>();
        page.route("**/audio/2/*", held::add);
        page.locator(".levels input[value='2']").focus();
        page.keyboard().press("Space");
        page.waitForCondition(() -> !held.isEmpty());
        double chosenAt = position(page);
        page.waitForFunction("(at) => document.querySelector('.score').player.position > at + 2000", chosenAt);
        assertThat(page.locator(".score")).hasAttribute("data-hearing", "-1");
        assertThat(page.locator(".score")).hasAttribute("data-player", "playing");

        page.unroute("**/audio/2/*");
        held.forEach(Route::resume);
        assertThat(page.locator(".score")).hasAttribute("data-hearing", "2");
        assertThat(page.locator(".score")).hasAttribute("data-player", "playing");
        assertThat(sampleAtZero(page))
                .as("the sample that would sound when the clock stands at zero")
                .isEqualTo(before);
        page.context().close();
    }

    @Test
    void theLineAndTheWordThatAreSungStandOut() throws IOException, InterruptedException {
        String id = segue.finished();
        JsonNode lines = segue.read("/songs/" + id + "/files/lyrics.json").get("lines");
        Page page = playing(id);
        page.waitForFunction("() => document.querySelector('.lyrics.timed') !== null");
        int sung = 0;
        for (JsonNode line : lines) {
            if (!line.get("start").isNull()) {
                sung++;
                double start = line.get("start").asDouble() + 0.01;
                page.evaluate("(at) => document.querySelector('.score').player.seek(at * 22050)", start);
                assertThat(page.locator(".lyrics p.now"))
                        .hasText(line.get("text").asText());
            }
        }
        assertThat(sung).isPositive();

        page.evaluate("() => { const { player } = document.querySelector('.score'); player.seek(0); player.play() }");
        page.waitForFunction("() => [...document.querySelectorAll('.lyrics .word[data-at]')].findLastIndex((word) =>"
                + " word.classList.contains('now')) > 0");
        page.evaluate("() => document.querySelector('.score').player.pause()");
        page.evaluate(TO_THE_SECOND_WORD);
        page.setViewportSize(1280, 960);
        Pictures.take(page, "finished");
        page.context().close();

        Page phone = chromium.page(new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setIsMobile(true)
                .setHasTouch(true));
        phone.navigate(segue.at("/songs/" + id));
        phone.waitForFunction("() => document.querySelector('.score').player?.plan[0]?.piece.level === -1");
        phone.waitForFunction("() => document.querySelector('.lyrics.timed') !== null");
        phone.evaluate(TO_THE_SECOND_WORD);
        assertThat((boolean) phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing stands out to the right")
                .isTrue();
        Pictures.take(phone, "phone");
        phone.context().close();
    }

    private Page playing(String id) {
        Page page = chromium.page();
        page.navigate(segue.at("/songs/" + id));
        page.waitForFunction("() => document.querySelector('.score').player?.plan[0]?.piece.level === -1");
        page.locator(".play").click();
        page.waitForFunction(PLAYS_PAST_HALF_A_SECOND);
        return page;
    }

    private static double position(Page page) {
        return ((Number) page.evaluate("() => document.querySelector('.score').player.position")).doubleValue();
    }

    private static double sampleAtZero(Page page) {
        Object sample = page.evaluate("() => { const { anchor, rate } = document.querySelector('.score').player;"
                + " return anchor.sample - anchor.time * rate }");
        return ((Number) sample).doubleValue();
    }
}
