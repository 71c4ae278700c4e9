package com.avoma.webhooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Everything by keyboard alone: nothing here is clicked, filled in or focused by the test.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyboardInABrowserIT extends InABrowser {
    private static final int FAR = 120;

    /// As where an answer comes before the browser has drawn once more.
    private static final String CLOSE_AND_OPEN =
            """
            async content => { const dialog = document.getElementById('dialog');
              const told = new Promise(tell => dialog.addEventListener('close', tell));
              dialog.close();
              htmx.trigger(dialog, 'htmx:beforeSwap', {target: dialog});
              htmx.swap(dialog, content, {swapStyle: 'innerHTML'}, {eventInfo: {target: dialog}});
              await told; }
            """;

    @Test
    @Order(1)
    void skipsToTheContent() {
        press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        press("Enter");
        assertThat(page.getByRole(AriaRole.MAIN)).isFocused();
        press("Tab");
        assertThat(button("Generate")).isFocused();
    }

    @Test
    @Order(2)
    void generatesShowsAndHidesTheSecret() {
        go(button("Generate"));
        press("Enter");
        assertThat(dialog()).isVisible();
        press("Escape");
        assertThat(dialog()).isHidden();
        assertThat(button("Generate")).isFocused();
        press("Enter");
        go(button(dialog(), "Generate"));
        press("Enter");
        assertThat(page.getByText("There is a new signing secret")).isFocused();

        go(button("Show the signing secret"));
        press("Enter");
        assertThat(button("Hide the signing secret")).isFocused();
        press("Enter");
        assertThat(button("Show the signing secret")).isFocused();
    }

    @Test
    @Order(3)
    void addsAWebhook() {
        go(button("Add webhook"));
        press("Enter");
        assertThat(dialog().getByLabel("Name", exactlyIn())).isFocused();
        type("By keyboard");
        go(dialog().getByLabel("Trigger event", exactlyIn()));
        press("ArrowDown");
        assertThat(dialog().getByLabel("Sample payload")).containsText("MEETING_BOOKED");
        go(dialog().getByLabel("Target URL"));
        type("http://example.com/keyboard");
        go(dialog().locator("input[name=scope]:checked"));
        press("ArrowDown");
        press("Enter");
        assertThat(dialog()).containsText("Choose at least one team");
        assertThat(dialog().getByRole(AriaRole.GROUP, named("Teams"))).isFocused();
        go(dialog().getByLabel("Sales", exactlyIn()));
        press("Space");
        press("Enter");
        assertThat(dialog().locator("#url-fault")).containsText("HTTPS");
        assertThat(dialog().getByLabel("Target URL")).isFocused();
        assertThat(dialog().getByLabel("Sales", exactlyIn())).isChecked();
        press("Control+A");
        type("https://example.com/keyboard");

        go(dialog().getByText("Show Advanced Options"));
        press("Enter");
        go(button(dialog(), "Add header"));
        press("Enter");
        assertThat(dialog().getByLabel("Header Name 1")).isFocused();
        type("X-One");
        go(button(dialog(), "Add header"));
        press("Enter");
        assertThat(dialog().getByLabel("Header Name 2")).isFocused();
        type("X-Two");
        goBack(button(dialog(), "Delete header 1"));
        press("Enter");
        assertThat(button(dialog(), "Add header")).isFocused();
        assertThat(dialog().getByLabel("Header Name 1")).hasValue("X-Two");
        press("Enter");
        assertThat(dialog().getByLabel("Header Name 2")).isFocused();
        goBack(button(dialog(), "Delete header 1"));
        press("Enter");
        go(button(dialog(), "Preview: which events would it get?"));
        press("Enter");
        assertThat(dialog().locator("#match-preview")).containsText("No events are known yet");
        assertThat(button(dialog(), "Preview: which events would it get?")).isFocused();
        go(button(dialog(), "Add webhook"));
        press("Enter");

        assertThat(page.getByText("The webhook is added")).isFocused();
        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("By keyboard");
    }

    @Test
    @Order(4)
    void staysInADialogAndGoesBackToWhereItWasOpened() {
        for (var name : new String[] {"Test", "Recover", "Edit", "Delete"}) {
            var opener = button(name + " By keyboard");
            go(opener);
            press("Enter");
            assertThat(dialog()).isVisible();
            for (int i = 0; i < 30; i++) {
                press("Tab");
                assertThat(
                                page.evaluate(
                                        "() => document.activeElement === document.body"
                                                + " || !!document.activeElement.closest('dialog')"))
                        .as("%s after %d", name, i)
                        .isEqualTo(true);
            }
            press("Escape");
            assertThat(dialog()).isHidden();
            assertThat(opener).isFocused();
        }
    }

    /// A browser that draws slowly says that a dialog was closed when it is open again.
    @Test
    @Order(5)
    void keepsWhatIsInADialogThatIsOpenedAgainAtOnce() {
        go(button("Edit By keyboard"));
        press("Enter");
        assertThat(dialog().getByLabel("Target URL")).isVisible();
        page.evaluate(CLOSE_AND_OPEN, page.locator("#dialog").innerHTML());
        assertThat(dialog().getByLabel("Target URL")).isVisible();
        press("Escape");
        assertThat(dialog()).isHidden();
        assertThat(page.locator("#dialog > *")).hasCount(0);

        press("Enter");
        assertThat(dialog().getByLabel("Target URL")).isVisible();
        page.waitForNavigation(() ->
                page.evaluate(
                        """
                        () => { const done = document.createElement('p');
                          done.dataset.reload = '';
                          document.getElementById('dialog').append(done);
                          void (CLOSE_AND_OPEN)('<p>Something else</p>'); }
                        """
                                .replace("CLOSE_AND_OPEN", CLOSE_AND_OPEN)));
        assertThat(dialog()).isHidden();
    }

    @Test
    @Order(6)
    void recovers() {
        go(button("Recover By keyboard"));
        press("Enter");
        assertThat(dialog().getByLabel("Events since")).isFocused();
        go(button(dialog(), "Count them first"));
        press("Enter");
        assertThat(dialog()).containsText("0 events would be sent");
        assertThat(page.evaluate("() => !!document.activeElement.closest('dialog')"))
                .isEqualTo(true);
        go(button(dialog().locator(".modal-footer"), "Close"));
        press("Enter");
        assertThat(button("Recover By keyboard")).isFocused();
    }

    @Test
    @Order(7)
    void goesThroughTheTabsAndDeletes() {
        for (var tab : new String[] {"Deliveries", "Why?", "API keys", "Audit log"}) {
            go(page.getByRole(AriaRole.NAVIGATION).getByText(tab, textExactly()));
            press("Enter");
            assertThat(page.locator("[aria-current=page]").last()).hasText(tab);
        }
        go(page.getByRole(AriaRole.NAVIGATION).getByText("Verification"));
        press("Enter");
        go(page.getByText("Go", pageTextExactly()));
        press("Enter");
        assertThat(page.getByLabel("Verification in Go")).isVisible();
        page.navigate("/");
        go(button("Delete By keyboard"));
        press("Enter");
        assertThat(button(dialog(), "Cancel")).isFocused();
        go(button(dialog(), "Delete"));
        press("Enter");
        assertThat(page.getByText("will no longer send events")).isFocused();
    }

    private void press(String key) {
        page.keyboard().press(key);
    }

    private void type(String text) {
        page.keyboard().type(text);
    }

    private void go(Locator to) {
        go(to, "Tab");
    }

    private void goBack(Locator to) {
        go(to, "Shift+Tab");
    }

    /// By so many keys as it takes; once there, one sees that one is there.
    private void go(Locator to, String key) {
        assertThat(to).hasCount(1);
        for (int i = 0;
                i < FAR && !(Boolean) to.evaluate("e => e === document.activeElement");
                i++) {
            press(key);
        }
        assertThat(to).isFocused();
        assertThat(
                        to.evaluate(
                                """
                                e => { const style = getComputedStyle(e);
                                  return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
                                    || style.boxShadow !== 'none'; }
                                """))
                .as("is seen to have the focus: %s", to)
                .isEqualTo(true);
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByTextOptions textExactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private static Page.GetByTextOptions pageTextExactly() {
        return new Page.GetByTextOptions().setExact(true);
    }
}
