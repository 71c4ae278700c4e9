package com.avoma.webhooks.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// An admin who is signed in, and a console of the class's own. Nothing may make the browser
/// complain.
abstract class InABrowser {
    private static @Nullable Browser browser;
    private static @Nullable RunningConsole running;

    protected Browser.Window window;
    protected Page page;

    @BeforeAll
    static void starts() {
        var executable = Browser.installed();
        if (executable.isEmpty()) {
            System.out.println(
                    "There is no Chromium or Chrome in the PATH: the browser tests are skipped.");
        }
        Assumptions.assumeTrue(executable.isPresent(), "no browser");
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.PATIENCE_MS);
        running = RunningConsole.start();
        browser = Browser.start(executable.orElseThrow());
    }

    @AfterAll
    static void stops() {
        if (browser != null) {
            browser.close();
        }
        if (running != null) {
            running.close();
        }
    }

    @BeforeEach
    void signsIn() {
        window = browser.open(running.address());
        page = window.page();
        page.navigate("/");
        fillInAndSignIn();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/");
                    return page.getByText("Enterprise plan").first().isVisible();
                });
    }

    @AfterEach
    void leavesNoComplaint() {
        assertThat(window.complaints()).isEmpty();
        window.close();
    }

    static RunningConsole console() {
        return running;
    }

    /// At the page to sign in at.
    void fillInAndSignIn() {
        page.getByLabel("Name").fill(RunningConsole.USERNAME);
        page.getByLabel("Password").fill(RunningConsole.PASSWORD);
        button(page.getByRole(AriaRole.MAIN), "Sign in").click();
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    void tab(String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    static Locator.GetByLabelOptions exactlyIn() {
        return new Locator.GetByLabelOptions().setExact(true);
    }
}
