package dev.segue.standalone.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Following songs in a browser: without scripts, through a restart of everything, and where there is nothing. */
@Tag("browser")
@ExtendWith(Stage.class)
class FollowingBrowserTest {
    /** What a browser opens to one server at most. */
    private static final int CONNECTIONS = 6;

    /** Tells a page that somebody sees it, or that nobody does; a headless browser shows all pages at once. */
    private static final String SEEN = "(seen) => {"
            + " Object.defineProperty(document, 'hidden', { configurable: true, get: () => !seen });"
            + " document.dispatchEvent(new Event('visibilitychange')) }";

    private final Chromium chromium;
    private final Installation segue;

    FollowingBrowserTest(Chromium chromium, Installation segue) {
        this.chromium = chromium;
        this.segue = segue;
    }

    @Test
    void songsCanBeReadWithoutScripts() throws IOException, InterruptedException {
        String id = segue.finished();
        Page page = chromium.page(Chromium.desk().setJavaScriptEnabled(false));
        page.navigate(segue.at("/songs"));
        page.locator(".song-row[data-id=" + id + "] .name").click();
        assertThat(page.locator("h1")).hasText("Orla Venn · waltz");
        assertThat(page.locator(".lyrics")).containsText("Carry me home");
        assertThat(page.locator("audio")).hasAttribute("src", "/songs/" + id + "/files/song.flac");
        assertThat(page.locator(".of-level.level-0")).hasAttribute("aria-valuenow", "100");
        assertThat(page.locator(".play")).isHidden();
        page.context().close();
    }

    @Test
    void aSongIsFollowedAgainWhenEverythingWasRestarted() throws IOException, InterruptedException {
        String id = "through-a-restart";
        segue.ask(id, 8, "");
        Page list = chromium.page();
        list.navigate(segue.at("/songs"));
        Page page = chromium.page();
        page.navigate(segue.at("/songs/" + id));
        page.waitForFunction("() => document.querySelector('.level-2 .sampled')?.width.baseVal.value > 0");
        assertThat(page.locator(".line")).hasText("Live");

        segue.stop();
        assertThat(page.locator(".line")).containsText("Connection lost");
        assertThat(list.locator(".line")).containsText("Connection lost");
        Pictures.take(page, "lost");
        segue.start();

        assertThat(list.locator(".line")).hasText("Live");
        assertThat(page.locator("main")).hasAttribute("data-state", "completed");
        assertThat(page.locator(".line")).hasText("Up to date");
        assertThat(list.locator(".song-row[data-id=" + id + "]")).hasAttribute("data-state", "completed");
        page.context().close();
        list.context().close();
    }

    @Test
    void pagesThatNobodySeesLeaveConnectionsToOthersAndCatchUpLater() throws IOException, InterruptedException {
        BrowserContext context = chromium.page().context();
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i <= CONNECTIONS; i++) {
            Page page = i == 0 ? context.pages().get(0) : context.newPage();
            page.navigate(segue.at("/songs"));
            assertThat(page.locator(".line")).hasText("Live");
            page.evaluate(SEEN, false);
            pages.add(page);
        }
        segue.order("in-the-meantime", "nobody-has-it", "");
        segue.await("in-the-meantime", "rejected");
        Page first = pages.get(0);
        assertThat(first.locator(".song-row[data-id=in-the-meantime]")).hasCount(0);
        first.evaluate(SEEN, true);
        assertThat(first.locator(".song-row[data-id=in-the-meantime]")).hasCount(1);
        context.close();
    }

    @Test
    void namesThatLookLikeMarkupAreShownAsTheyAre() throws IOException, InterruptedException {
        String hostile = "\"><img src=x onerror=document.title='taken'>";
        Page list = chromium.page();
        list.navigate(segue.at("/songs"));
        assertThat(list.locator(".line")).hasText("Live");
        segue.order("markup", "demo", hostile);
        assertThat(list.locator(".song-row[data-id=markup] .name")).hasText(hostile);
        list.locator(".song-row[data-id=markup] .name").click();
        assertThat(list.locator("h1")).hasText(hostile);
        assertThat(list.locator("main img")).hasCount(0);
        assertThat(list).not().hasTitle("taken");
        list.context().close();
    }

    @Test
    void aSongThatNobodyKnowsIsAPageThatSaysSo() {
        Page page = chromium.page();
        Response answer = page.navigate(segue.at("/songs/never-asked-for"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(page.locator("h1")).hasText("Not Found");
        assertThat(page.locator(".said")).containsText("never-asked-for");
        page.locator("main a").click();
        assertThat(page).hasURL(segue.at("/songs"));
        page.context().close();
    }

    @Test
    void deadLettersAreShownToWhoeverHasTheToken() throws Exception {
        Page page = chromium.page();
        page.navigate(segue.at("/dead-letters"));
        page.locator("#token").fill("of-somebody-else");
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).hasText("The token is not the right one.");
        page.locator("#token").fill(Installation.TOKEN);
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).hasText("No record had to be put aside.");

        segue.garble("written-by-hand", "{\"model\": \"demo\"}".getBytes(StandardCharsets.UTF_8));
        segue.garble("cut-short", new byte[] {0, 0, 0});
        segue.garble("of-an-unknown-schema", new byte[] {0, 0x7F, 0, 0, 1, 2, 3});
        segue.await("of-an-unknown-schema", "rejected");
        page.reload();
        assertThat(page.locator("#said")).hasText("3 records were put aside.");
        assertThat(page.locator(".letter")).hasCount(3);
        assertThat(page.locator(".letter").first()).containsText("of-an-unknown-schema");
        Pictures.take(page, "dead-letters");
        page.context().close();
    }

    @Test
    void noPageThrowsAnythingOrAsksAnotherHost() throws IOException, InterruptedException {
        Page page = chromium.page();
        for (String path : new String[] {"/songs", "/songs/" + segue.finished(), "/dead-letters"}) {
            page.navigate(segue.at(path));
            page.waitForFunction("() => document.readyState === 'complete'");
        }
        assertThat(chromium.troubles()).isEmpty();
        assertThat(chromium.asked())
                .extracting(URI::create)
                .filteredOn(address -> address.getScheme().startsWith("http"))
                .extracting(URI::getHost)
                .containsOnly("127.0.0.1");
        page.context().close();
    }
}
