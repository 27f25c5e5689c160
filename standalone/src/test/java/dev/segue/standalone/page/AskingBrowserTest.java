package dev.segue.standalone.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asking for songs in a browser: by mouse, by keyboard, and in vain. */
@Tag("browser")
@ExtendWith(Stage.class)
class AskingBrowserTest {
    private final Chromium chromium;
    private final Installation segue;

    AskingBrowserTest(Chromium chromium, Installation segue) {
        this.chromium = chromium;
        this.segue = segue;
    }

    @Test
    void aRequestThatCannotBeServedIsRefusedWithItsReasonAtTheField() throws IOException {
        Page page = opened(Installation.TOKEN);
        page.locator("#field-artist").fill("Orla Venn");
        page.locator("#field-durationSeconds").fill("4000");
        page.locator("#field-temperature").evaluate("(field) => (field.value = '-1')");
        page.locator("#sheet .primary").click();

        Locator length = page.locator("#field-durationSeconds");
        assertThat(length).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#wrong-durationSeconds")).containsText("4000");
        assertThat(page.locator("#wrong-temperature")).containsText("-1");
        assertThat(page.locator("#sheet [aria-invalid]:focus")).hasCount(1);
        page.locator("#wrong-durationSeconds").scrollIntoViewIfNeeded();
        Pictures.take(page, "refused");

        length.fill("soon");
        page.locator("#field-temperature").fill("");
        page.locator("#sheet .primary").click();
        assertThat(page.locator("#wrong-durationSeconds")).containsText("soon");
        assertThat(page.locator("#wrong-temperature")).isHidden();
        assertThat(length).isFocused();
        page.context().close();
    }

    @Test
    void aTokenThatIsNotTheRightOneIsAskedForAgain() {
        Page page = opened("of-somebody-else");
        page.locator("#sheet .primary").click();
        assertThat(page.locator("#wrong-token")).containsText("is not the one");
        assertThat(page.locator("#field-token")).isFocused();
        page.context().close();
    }

    @Test
    void theTokenOfTheAddressDoesNotStayThere() {
        Page page = opened(Installation.TOKEN);
        assertThat(page).hasURL(segue.at("/songs"));
        page.context().close();
    }

    @Test
    void aSongIsAskedForHeardAndCancelledByKeyboardAlone() throws IOException {
        Page page = chromium.page();
        page.navigate(segue.at("/songs#token=" + Installation.TOKEN));
        tabTo(page, "[data-new]");
        page.keyboard().press("Enter");
        assertThat(page.locator("#field-artist")).isFocused();
        page.keyboard().type("Brum Haddick");
        tabTo(page, "#field-genres");
        page.keyboard().type("stomp");
        tabTo(page, "#field-durationSeconds");
        page.keyboard().press("Control+A");
        page.keyboard().type("40");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/songs/brum-haddick-stomp-\\d+"));

        page.waitForFunction("() => document.querySelector('.score').player?.plan.length > 0");
        tabTo(page, ".play");
        page.keyboard().press("Space");
        page.waitForFunction("() => document.querySelector('.score').player.position > 2000");
        tabTo(page, ".seek");
        page.keyboard().press("Space");
        assertThat(page.locator(".score")).hasAttribute("data-player", "paused");
        page.keyboard().press("ArrowRight");
        page.waitForFunction("() => document.querySelector('.score').player.position > 22050");
        page.evaluate("() => document.activeElement.blur()");
        tabTo(page, "[data-cancel]");
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).hasAttribute("data-state", "cancelled");
        assertThat(page.locator("[data-cancel]")).hasCount(0);
        assertThat(page.locator("#notice")).containsText("cancelled");
        Pictures.take(page, "cancelled");
        page.context().close();
    }

    private Page opened(String token) {
        Page page = chromium.page();
        page.navigate(segue.at("/songs#token=" + token));
        page.locator("[data-new]").click();
        return page;
    }

    /** Goes on by the tab key to what is wanted, as often as a page could need. */
    private static void tabTo(Page page, String wanted) {
        for (int i = 0; i < 60; i++) {
            if ((boolean) page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the tab key does not lead to " + wanted);
    }
}
