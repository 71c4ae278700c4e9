package com.avoma.webhooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The guide, step by step: one admin, one organization, from the empty state on.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleInABrowserIT extends InABrowser {
    @Test
    @Order(1)
    void beginsEmpty() {
        assertThat(page.getByText("You have no webhooks yet")).isVisible();
        assertThat(page.getByText("There is no signing secret yet")).isVisible();
        assertThat(window.look("empty")).isEmpty();
    }

    @Test
    @Order(2)
    void generatesShowsCopiesAndRegeneratesTheSigningSecret() {
        button("Generate").click();
        var dialog = dialog();
        assertThat(dialog).isVisible();
        assertThat(dialog).containsText("signed with the new secret");
        assertThat(window.look("secret-generate")).isEmpty();
        button(dialog, "Cancel").click();
        assertThat(dialog).isHidden();
        button("Generate").click();
        button(dialog, "Generate").click();

        assertThat(page.getByText("There is a new signing secret")).isVisible();
        var field = page.getByLabel("Signing secret", exactly());
        assertThat(field).hasAttribute("type", "password");
        assertThat(page.content()).doesNotContainPattern("[0-9a-f]{64}");
        button("Copy").click();
        assertThat(page.getByText("Copied to the clipboard")).isVisible();
        var secret = window.clipboard();
        assertThat(secret).matches("[0-9a-f]{64}");
        assertThat(page.content()).doesNotContain(secret);
        button("Show the signing secret").click();
        assertThat(field).hasValue(secret);
        assertThat(window.look("secret-revealed")).isEmpty();
        button("Hide the signing secret").click();
        assertThat(field).not().hasValue(secret);

        button("Regenerate").click();
        assertThat(dialog).containsText("The old secret stops working");
        dialog.getByLabel("How long the old secret still signs, too").selectOption("PT24H");
        assertThat(window.look("secret-regenerate")).isEmpty();
        button(dialog, "Regenerate").click();
        assertThat(page.getByText("The secret before it still signs")).isVisible();
        assertThat(page.locator("time")).hasText(Pattern.compile("in 2[34] hours|tomorrow"));
        button("Show the signing secret").click();
        assertThat(field).hasValue(Pattern.compile("[0-9a-f]{64}"));
        assertThat(field).not().hasValue(secret);
    }

    @Test
    @Order(3)
    void addsAWebhookOnceItIsRight() {
        button("Add webhook").click();
        var dialog = dialog();
        assertThat(dialog.getByLabel("Name", exactlyIn())).isFocused();
        assertThat(dialog.getByLabel("Sample payload")).containsText("\"event_type\" : \"AINOTE\"");
        dialog.getByLabel("Trigger event", exactlyIn())
                .selectOption("MEETING_BOOKED_VIA_SCHEDULER");
        assertThat(dialog.getByLabel("Sample payload"))
                .containsText("\"event_type\" : \"MEETING_BOOKED_VIA_SCHEDULER\"");
        button(dialog, "Copy").click();
        assertThat(dialog).containsText("Copied");
        assertThat(window.clipboard()).contains("MEETING_BOOKED_VIA_SCHEDULER");
        assertThat(window.look("webhook-add")).isEmpty();

        dialog.getByLabel("Name", exactlyIn()).fill("Sales calls booked via scheduler");
        dialog.getByLabel("Target URL").fill("http://example.com/hook");
        dialog.getByText("Only members in specific teams").click();
        button(dialog, "Add webhook").click();
        assertThat(dialog).containsText("Choose at least one team");
        dialog.getByLabel("Sales", exactlyIn()).check();
        button(dialog, "Add webhook").click();
        assertThat(dialog.locator("#url-fault")).containsText("HTTPS");
        assertThat(dialog.getByLabel("Target URL")).isFocused();
        assertThat(dialog.getByLabel("Name", exactlyIn()))
                .hasValue("Sales calls booked via scheduler");
        assertThat(dialog.getByLabel("Sales", exactlyIn())).isChecked();
        assertThat(window.look("webhook-refused")).isEmpty();

        dialog.getByLabel("Target URL").fill("https://example.com/hook");
        dialog.getByText("Show Advanced Options").click();
        button(dialog, "Add header").click();
        dialog.getByLabel("Header Name 1").fill("Host");
        dialog.getByLabel("Header Value 1", exactlyIn()).fill("elsewhere");
        button(dialog, "Add header").click();
        dialog.getByLabel("Header Name 2").fill("Authorization");
        dialog.getByLabel("Header Value 2", exactlyIn()).fill("Bearer of-the-receiver");
        dialog.getByLabel("Header Value 2 is").selectOption("secret");
        button(dialog, "Add webhook").click();
        assertThat(dialog.locator(".header-row .fault")).isVisible();
        assertThat(window.look("webhook-headers")).isEmpty();
        button(dialog, "Delete header 1").click();
        button(dialog, "Add webhook").click();

        assertThat(page.getByText("The webhook is added")).isVisible();
        var row = page.getByRole(AriaRole.ROW).nth(1);
        assertThat(row).containsText("Sales calls booked via scheduler");
        assertThat(row).containsText("Meeting booked via scheduler");
        assertThat(row).containsText("https://example.com/hook");
        assertThat(row).containsText("Sales");
        assertThat(row).containsText("Active");
        assertThat(window.look("webhooks")).isEmpty();
    }

    @Test
    @Order(4)
    void editsAWebhookWithThePencilAndTheKeyboard() {
        button("Edit Sales calls booked via scheduler").focus();
        page.keyboard().press("Enter");
        var dialog = dialog();
        assertThat(dialog.getByLabel("Header Name 1")).hasValue("Authorization");
        assertThat(dialog.getByLabel("Header Value 1", exactlyIn())).hasValue("");
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        assertThat(button("Edit Sales calls booked via scheduler")).isFocused();
        page.keyboard().press("Enter");
        dialog.getByLabel("Name", exactlyIn()).fill("Bookings");
        dialog.getByText("All members").click();
        assertThat(window.look("webhook-edit")).isEmpty();
        button(dialog, "Save and apply").click();

        assertThat(page.getByText("Saved and applied")).isVisible();
        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("Bookings");
        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("All members");
    }

    @Test
    @Order(5)
    void keepsWhatWasTypedWhereSomebodyElseSavedMeanwhile() {
        button("Edit Bookings").click();
        var dialog = dialog();
        dialog.getByLabel("Target URL").fill("https://example.com/mine");
        var other = page.context().newPage();
        other.navigate("/");
        other.getByLabel("Edit Bookings").click();
        other.getByLabel("Name", exactly()).fill("Theirs");
        other.getByText("Save and apply").click();
        assertThat(other.getByText("Saved and applied")).isVisible();
        other.close();

        button(dialog, "Save and apply").click();
        assertThat(dialog).containsText("Somebody else changed this webhook");
        assertThat(dialog).containsText("Saved meanwhile: Theirs");
        assertThat(dialog.getByLabel("Target URL")).hasValue("https://example.com/mine");
        assertThat(window.look("webhook-changed-meanwhile")).isEmpty();
        button(dialog, "Discard mine").click();
        assertThat(dialog.getByLabel("Name", exactlyIn())).hasValue("Theirs");
        assertThat(dialog.getByLabel("Target URL")).hasValue("https://example.com/hook");
        dialog.getByLabel("Name", exactlyIn()).fill("Bookings");
        button(dialog, "Save and apply").click();
        assertThat(page.getByText("Saved and applied")).isVisible();
    }

    @Test
    @Order(6)
    void addsOneWebhookHoweverOftenItIsSent() {
        button("Add webhook").click();
        dialog().getByLabel("Name", exactlyIn()).fill("Once");
        dialog().getByLabel("Target URL").fill("https://example.com/once");
        // as two clicks that are quicker than the page, and one more
        var statuses =
                page.evaluate(
                        """
                        () => { const form = document.querySelector('#dialog form');
                          const send = () => fetch(form.action, {method: 'POST',
                              headers: {'HX-Request': 'true'}, body: new URLSearchParams(new FormData(form))})
                            .then(answer => answer.status + ' ' + answer.headers.get('HX-Redirect'));
                          return Promise.all([send(), send()]).then(all => all.join(', ')); }
                        """);
        assertThat(statuses).isEqualTo("200 /?done=webhook_added, 200 /?done=webhook_added");
        button(dialog(), "Add webhook").dblclick();
        assertThat(page.getByText("The webhook is added")).isVisible();
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(3);
        button("Delete Once").click();
        button(dialog(), "Delete").click();
        assertThat(page.getByText("will no longer send events")).isVisible();
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(2);
    }

    @Test
    @Order(7)
    void saysWhenThePlanHasNoWebhooks() {
        customer().becomes(Plan.STARTUP);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/");
                    return page.getByText("not available on the Startup plan").isVisible()
                            && page.getByText("over the plan").isVisible();
                });
        assertThat(button("Add webhook")).isDisabled();
        assertThat(window.look("plan")).isEmpty();

        customer().becomes(Plan.ENTERPRISE);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/");
                    return page.getByRole(AriaRole.ROW).nth(1).getByText("Active").isVisible();
                });
    }

    @Test
    @Order(8)
    void deletesAWebhookAfterAWarning() {
        button("Delete Bookings").click();
        var dialog = dialog();
        assertThat(dialog).containsText("Bookings");
        assertThat(dialog).containsText("https://example.com/hook");
        assertThat(dialog).containsText("Meeting booked via scheduler");
        assertThat(dialog).containsText("permanent");
        assertThat(button(dialog, "Cancel")).isFocused();
        assertThat(window.look("webhook-delete")).isEmpty();
        button(dialog, "Delete").click();

        assertThat(page.getByText("will no longer send events")).isVisible();
        assertThat(page.getByText("You have no webhooks yet")).isVisible();
    }

    @Test
    @Order(9)
    void issuesAnApiKeyAndDeletesIt() {
        tab("API keys");
        button("Create API key").click();
        var dialog = dialog();
        dialog.getByLabel("Name", exactlyIn()).fill("Nightly sync");
        assertThat(window.look("api-key-create")).isEmpty();
        button(dialog, "Create API key").click();
        assertThat(dialog).containsText("shown this once");
        button(dialog, "Copy").click();
        await().until(() -> window.clipboard().matches("[0-9a-f]{32}:[\\w-]+"));
        assertThat(window.look("api-key-issued")).isEmpty();
        dialog.getByText("Done").click();
        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("Nightly sync");
        assertThat(window.look("api-keys")).isEmpty();

        button("Delete Nightly sync").click();
        button(dialog, "Delete").click();
        assertThat(page.getByText("The API key is deleted")).isVisible();
        assertThat(page.getByText("You have no API keys")).isVisible();
    }

    @Test
    @Order(10)
    void showsWhoDidWhat() {
        tab("Audit log");
        assertThat(page.getByText("Webhook deleted").first()).isVisible();
        assertThat(page.getByText("Signing secret rotated").first()).isVisible();
        assertThat(window.look("audit-log")).isEmpty();
    }

    @Test
    @Order(11)
    void saysWhatIsWrongWithASignature() {
        tab("Verification");
        assertThat(page.getByLabel("Verification in Node.js")).containsText("x-avoma-signature");
        page.getByText("Python", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByLabel("Verification in Python")).isVisible();
        page.getByLabel("Body").fill("{}");
        page.getByLabel("Signature", exactly()).fill("sha256=nothing");
        page.getByLabel("Secret", exactly()).fill("0123456789abcdef");
        button("Find the mistake").click();
        assertThat(page.getByText("It is not a signature of ours")).isVisible();
        assertThat(window.look("verification")).isEmpty();
    }
}
