package com.avoma.webhooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How sessions begin and end.
class SessionsInABrowserIT extends InTheQuickstartsBrowser {
    @AfterEach
    void setsTheClockRight() {
        console().sessionsAreOlderBy(Duration.ZERO);
    }

    @Test
    void areInCookiesThatNoOtherSiteAndNoScriptHas() {
        var cookies = page.context().cookies();
        assertThat(cookies).isNotEmpty();
        assertThat(cookies)
                .allSatisfy(cookie -> {
                    assertThat(cookie.httpOnly).as(cookie.name).isTrue();
                    assertThat(cookie.sameSite).as(cookie.name).isEqualTo(SameSiteAttribute.LAX);
                });
        assertThat(page.evaluate("() => document.cookie")).isEqualTo("");
    }

    @Test
    void endAfterHalfAnHourWithoutARequest() {
        console().sessionsAreOlderBy(Duration.ofMinutes(29));
        page.navigate("/console/audit-log");
        assertThat(page.getByText("Who changed what")).isVisible();

        console().sessionsAreOlderBy(Duration.ofMinutes(29 + 31));
        page.reload();
        assertThat(page.getByText("Your session is over. Sign in again.")).isVisible();
    }

    @Test
    void endOnALivePageTooWhichDoesNotMakeThemLonger() {
        tab("Deliveries");
        assertThat(page.getByText("Live: new deliveries show up")).isVisible();

        console().sessionsAreOlderBy(Duration.ofMinutes(31));
        assertThat(page.getByText("Your session is over, so this page")).isVisible();
    }

    @Test
    void leadBackToThePageThatWasAskedFor() {
        page.context()
                .addCookies(List.of(new Cookie("SESSION", "over").setUrl(console().address())));
        page.navigate("/console/audit-log");
        assertThat(page.getByText("Your session is over. Sign in again.")).isVisible();
        assertThat(window.look("session-over")).isEmpty();
        fillInAndSignIn();
        assertThat(page).hasURL(Pattern.compile(".*/console/audit-log.*"));
    }

    @Test
    void tellAFormThatTheyAreOver() {
        button("Add webhook").click();
        page.context().clearCookies();
        button(dialog(), "Add webhook").click();
        assertThat(page.getByLabel("Password")).isVisible();
        window.expected(401);
    }

    @Test
    void doNotBeginWithAWrongPassword() {
        page.context().clearCookies();
        page.navigate("/");
        page.getByLabel("Name").fill(RunningConsole.Quickstart.USERNAME);
        page.getByLabel("Password").fill("wrong");
        button("Sign in").click();
        assertThat(page.getByText("That name and password are not known")).isVisible();
        assertThat(window.look("sign-in")).isEmpty();
    }
}
