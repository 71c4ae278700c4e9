package com.avoma.webhooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What goes wrong looks like the console, too, and says what to do.
class ErrorsInABrowserIT extends InTheQuickstartsBrowser {
    @Test
    void sayThatThereIsNoSuchPage() {
        page.navigate("/console/deliveries/msg_nothing");
        assertThat(page.getByText("There is nothing here")).isVisible();
        assertThat(window.look("not-found")).isEmpty();
        page.navigate("/nowhere");
        assertThat(page.getByText("There is nothing here")).isVisible();
        page.getByText("Go to Webhooks").click();
        assertThat(page.getByText("You have no webhooks yet")).isVisible();
        window.expected(404);
    }

    @Test
    void sayThatAnAddressIsNotRight() {
        page.navigate("/console/deliveries?cursor=nonsense");
        assertThat(page.getByText("cursor: must be one that a list gave")).isVisible();
        assertThat(window.look("bad-address")).isEmpty();
        window.expected(400);
    }

    @Test
    void sayThatItIsNotTheAdminsFault() {
        page.navigate(BrokenPageController.PATH);
        assertThat(page.getByText("Something went wrong on our side")).isVisible();
        assertThat(page.content()).doesNotContain("a fault, made by a test");
        assertThat(window.look("broken")).isEmpty();
        window.expected(500);
    }

    @Test
    void sayThatAFormIsOfAnEarlierSession() {
        page.evaluate("() => document.querySelector('header input[name=_csrf]').value = 'another'");
        button("Sign out").click();
        assertThat(page.getByText("This was not allowed")).isVisible();
        assertThat(page.getByText("from an earlier session")).isVisible();
        assertThat(window.look("stale")).isEmpty();
        window.expected(403);
    }

    @Test
    void areNoWayInForAScriptOfSomebodyElse() {
        page.evaluate(
                """
                () => { const script = document.createElement('script');
                  script.textContent = "document.title = 'owned'";
                  document.body.append(script);
                  document.body.insertAdjacentHTML('beforeend', `<img src="/none" onerror="document.title = 'owned'">`); }
                """);
        page.waitForCondition(() -> window.complaints().size() >= 2);
        assertThat(page).hasTitle("Webhooks · Avoma Webhooks");
        assertThat(window.complaints())
                .anySatisfy(complaint -> assertThat(complaint).contains("Content Security Policy"));
        window.complaints().clear();
    }
}
