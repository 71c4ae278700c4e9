package com.avoma.webhooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.browser.RunningConsole.WithProvider;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signing in by OpenID Connect, and out again.
class SigningInByAProviderInABrowserIT extends InABrowser {
    @AfterEach
    void trustsTheProvider() {
        WithProvider.PROVIDER.forges(false);
    }

    @Test
    void showsWhoOneIsAndOfWhichOrganization() {
        assertThat(page).hasURL(console().address() + "/");
        var header = page.getByRole(AriaRole.BANNER);
        assertThat(header).containsText("Acme");
        assertThat(header).containsText("Enterprise plan");
        assertThat(header).containsText("ada");
    }

    @Test
    void leadsBackToThePageThatWasAskedFor() {
        page.context().clearCookies();
        page.navigate("/console/audit-log");
        assertThat(page).hasURL(Pattern.compile(".*/console/audit-log.*"));
        assertThat(page.getByText("Who changed what")).isVisible();
    }

    @Test
    void endsWithSigningOutAndBeginsAgain() {
        button("Sign out").click();
        assertThat(page.getByText("You are signed out")).isVisible();
        assertThat(window.look("signed-out")).isEmpty();
        assertThat(page.context().cookies())
                .as("a session of nobody")
                .allSatisfy(cookie -> assertThat(cookie.httpOnly).isTrue());

        page.getByRole(AriaRole.MAIN).getByText("Sign in").click();
        assertThat(page.getByRole(AriaRole.BANNER)).containsText("Acme");
    }

    @Test
    void saysThatItFailedWhereTheTokenIsForged() {
        page.context().clearCookies();
        WithProvider.PROVIDER.forges(true);
        page.navigate("/");
        assertThat(page.getByText("Signing in did not work")).isVisible();
        assertThat(window.look("sign-in-failed")).isEmpty();
        page.navigate("/console/deliveries");
        assertThat(page.getByText("Signing in did not work")).isVisible();
    }

    @Test
    void tellsMembersThatTheyAreNoAdmins() {
        page.context().clearCookies();
        WithProvider.PROVIDER.userIs(customer().uuid(), "MEMBER");
        for (var path : new String[] {"/", "/console/deliveries", "/console/webhooks/new"}) {
            page.navigate(path);
            assertThat(page.getByText("You need Admin privileges")).isVisible();
        }
        assertThat(page.getByText("Webhook Signing Secret")).isHidden();
        assertThat(window.look("not-an-admin")).isEmpty();
        button("Sign out").click();
        assertThat(page.getByText("You are signed out")).isVisible();
        window.expected(403);
    }
}
