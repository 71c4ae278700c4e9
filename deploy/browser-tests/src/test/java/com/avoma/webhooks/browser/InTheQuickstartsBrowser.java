package com.avoma.webhooks.browser;

import com.avoma.webhooks.browser.RunningConsole.Quickstart;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;

/// The one admin of the quickstart, signed in with a password.
abstract class InTheQuickstartsBrowser extends InABrowser {
    @Override
    RunningConsole console() {
        return Quickstart.CONSOLE;
    }

    @Override
    UUID organization() {
        return Quickstart.ORGANIZATION;
    }

    @Override
    void signIn() {
        page.navigate("/");
        fillInAndSignIn();
    }

    /// At the page to sign in at.
    void fillInAndSignIn() {
        page.getByLabel("Name").fill(Quickstart.USERNAME);
        page.getByLabel("Password").fill(Quickstart.PASSWORD);
        button(page.getByRole(AriaRole.MAIN), "Sign in").click();
    }
}
