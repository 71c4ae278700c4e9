package com.avoma.webhooks.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// An admin who is signed in, of an organization of the class's own. Nothing may make the browser
/// complain.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InABrowser {
    private Customer customer;
    protected Browser.Window window;
    protected Page page;

    @BeforeAll
    void starts() {
        var executable = Browser.installed();
        if (executable.isEmpty()) {
            System.out.println(
                    "There is no Chromium or Chrome in the PATH: the browser tests are skipped.");
        }
        Assumptions.assumeTrue(executable.isPresent(), "no browser");
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.PATIENCE_MS);
        customer = Customer.of(console().prefix(), organization());
    }

    /// In which everything is looked at: where admins sign in by their provider.
    RunningConsole console() {
        return RunningConsole.WithProvider.CONSOLE;
    }

    UUID organization() {
        return UUID.randomUUID();
    }

    /// Goes there and does what it takes.
    void signIn() {
        RunningConsole.WithProvider.PROVIDER.userIs(customer.uuid(), "ADMIN");
        page.navigate("/");
    }

    @BeforeEach
    void signsIn() {
        window = Browser.shared().open(console().address());
        page = window.page();
        signIn();
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

    Customer customer() {
        return customer;
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
