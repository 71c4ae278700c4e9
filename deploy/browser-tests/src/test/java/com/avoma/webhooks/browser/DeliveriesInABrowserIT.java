package com.avoma.webhooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What becomes of events, from the first one on: seen live, sent again, and why not.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeliveriesInABrowserIT extends InABrowser {
    private static final String NAME = "AI notes to the CRM";

    private OtherServices others;
    private UUID webhook;

    @BeforeAll
    void startsTheOthers() {
        others = customer().otherServices();
    }

    @AfterAll
    void stopsTheOthers() {
        if (others != null) {
            others.close();
        }
    }

    @Test
    @Order(1)
    void previewsWhatAWebhookWouldGetBeforeItIsSaved() {
        button("Add webhook").click();
        preview();
        assertThat(dialog()).containsText("No events are known yet");
        dialog().getByText("Only members in specific teams").click();
        preview();
        assertThat(dialog().locator("#match-preview"))
                .containsText("Choose at least one team, or All members");
        assertThat(window.look("preview-refused")).isEmpty();
        dialog().locator("label").getByText("All members").click();
        dialog().getByLabel("Name", exactlyIn()).fill(NAME);
        dialog().getByLabel("Target URL").fill("https://example.com/hook");
        button(dialog(), "Add webhook").click();
        assertThat(page.getByText("The webhook is added")).isVisible();
        webhook = uuidOf(NAME);

        var now = Instant.now();
        for (int i = 1; i <= 3; i++) {
            others.routes(webhook, "note-" + i, now.minusSeconds(60 * i), Reason.MATCHED);
            others.attempts(webhook, "note-" + i, now.minusSeconds(60 * i));
        }
        others.routes(webhook, "booking-1", now.minusSeconds(30), Reason.OTHER_TRIGGER);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/console/events?event_id=booking-1");
                    return page.getByRole(AriaRole.ROW).count() == 2;
                });
        page.navigate("/");
        // what comes late makes the row higher
        assertThat(page.locator(".health")).isVisible();
        button("Edit " + NAME).click();
        preview();
        assertThat(dialog().locator("#match-preview"))
                .containsText("Of the latest 4 events, this webhook would get 3");
        dialog().getByText("Show the events").click();
        assertThat(dialog().locator("#match-preview")).containsText("Another trigger event");
        assertThat(window.look("preview")).isEmpty();
    }

    @Test
    @Order(2)
    void showsDeliveriesWhileTheyHappen() {
        tab("Deliveries");
        assertThat(page.getByText("Live: new deliveries show up")).isVisible();
        assertThat(page.getByText("3 deliveries")).isVisible();

        var now = Instant.now();
        others.routes(webhook, "note-live", now, Reason.MATCHED);
        var row = row("note-live");
        assertThat(row).containsText("Pending");
        assertThat(row).containsText(NAME);
        assertThat(row.locator("time").first()).hasText(Pattern.compile("ago|now"));
        others.receiverAnswers(503);
        others.attempts(webhook, "note-live", now);
        assertThat(row).containsText("Dead lettered");
        assertThat(page.getByText("4 deliveries")).isVisible();
        assertThat(window.look("deliveries")).isEmpty();

        page.getByText("Hold it").click();
        assertThat(page.getByText("Held: this list stays as it is")).isVisible();
        page.getByText("Go live").click();
        page.getByLabel("Status").selectOption("delivered");
        button("Filter").click();
        assertThat(page.getByText("3 deliveries")).isVisible();
        assertThat(page.getByText("Live: new deliveries show up")).isVisible();
        page.getByLabel("Event id").fill("nothing");
        button("Filter").click();
        assertThat(page.getByText("There are no such deliveries")).isVisible();
        assertThat(window.look("deliveries-none")).isEmpty();
    }

    @Test
    @Order(3)
    void sendsADeliveryAgain() {
        others.receiverAnswers(503);
        others.givesUp(webhook, "note-again", Instant.now());
        tab("Deliveries");
        row("note-again").getByRole(AriaRole.LINK).click();
        var progress = page.locator("#progress");
        assertThat(progress).containsText("HTTP 503");
        assertThat(progress).containsText("POST https://example.com/hook");
        assertThat(progress).containsText("Look-up 3 ms");
        assertThat(page.getByLabel("Request body")).containsText("note-again");
        assertThat(window.look("delivery")).isEmpty();

        others.receiverAnswers(200);
        button("Redeliver").click();
        assertThat(page.getByText("It is being sent again")).isVisible();
        assertThat(progress).containsText("Attempt 2");
        assertThat(progress).containsText("asked for by a person");
        assertThat(progress.locator(".badge").first()).hasText("Delivered");
        assertThat(window.look("delivery-again")).isEmpty();
    }

    @Test
    @Order(4)
    void saysWhyADeliveryCannotBeSentAgain() {
        tab("Deliveries");
        row("note-live").getByRole(AriaRole.LINK).click();
        button("Redeliver").click();
        assertThat(page.locator("#alerts")).containsText("The body of this delivery is gone");
        assertThat(window.look("delivery-gone")).isEmpty();
        window.expected(400);
    }

    @Test
    @Order(5)
    void recoversWhatFailedOnceItIsCounted() {
        others.receiverAnswers(503);
        var hourAgo = Instant.now().minus(Duration.ofHours(1));
        for (int i = 1; i <= 12; i++) {
            others.givesUp(webhook, "lost-" + i, hourAgo.plusSeconds(i));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/console/deliveries?status=dead_lettered");
                    return page.getByText("13 deliveries").isVisible();
                });
        others.receiverAnswers(200);

        page.navigate("/");
        button("Recover " + NAME).click();
        dialog().getByLabel("Events since").fill(local(Instant.now().plus(Duration.ofDays(2))));
        button(dialog(), "Count them first").click();
        assertThat(dialog().locator("#since-fault")).containsText("Choose a time in the past");
        assertThat(dialog().getByLabel("Events since")).isFocused();
        assertThat(window.look("recover-refused")).isEmpty();

        dialog().getByLabel("Events since").fill(local(hourAgo.minus(Duration.ofMinutes(1))));
        button(dialog(), "Count them first").click();
        assertThat(dialog()).containsText("12 events would be sent");
        assertThat(window.look("recover-counted")).isEmpty();

        button(dialog(), "Send 12").click();
        assertThat(dialog()).containsText(Pattern.compile("Sending: \\d+ of 12"));
        assertThat(window.look("recover-progress")).isEmpty();
        button(dialog(), "Cancel it").click();
        assertThat(dialog()).containsText(Pattern.compile("canceled after \\d+ of 12"));

        button(dialog(), "Count them first").click();
        assertThat(dialog()).containsText(Pattern.compile("\\d+ events? would be sent"));
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(Pattern.compile("Send \\d+")))
                .click();
        assertThat(dialog()).containsText(Pattern.compile("handed over to be sent"));
        button(dialog(), "Count them first").click();
        assertThat(dialog()).containsText("0 events would be sent");
        button(dialog(), "Close").last().click();
        assertThat(dialog()).isHidden();
    }

    @Test
    @Order(6)
    void showsHowAWebhookDoes() {
        var health = page.locator(".health");
        assertThat(health).containsText("delivered in 24 hours");
        assertThat(health).containsText("last failure");
        assertThat(health).containsText("p95");
        assertThat(Instant.parse(health.locator("time").getAttribute("datetime")))
                .isCloseTo(others.lastFailure(), within(1, ChronoUnit.MILLIS));
        var chart = page.getByRole(AriaRole.IMG).last();
        assertThat(chart)
                .hasAttribute("aria-label", Pattern.compile("\\d+ delivered, \\d+ failed"));
        var drawn =
                (Boolean)
                        page.evaluate(
                                """
                                () => { const c = document.querySelector('canvas.health-chart');
                                  return c.getContext('2d').getImageData(0, 0, c.width, c.height)
                                    .data.some(v => v !== 0); }
                                """);
        assertThat(drawn).isTrue();
        assertThat(window.look("health")).isEmpty();
    }

    @Test
    @Order(7)
    void sendsATestAndShowsTheAnswer() {
        others.receiverAnswers(200);
        button("Test " + NAME).click();
        button(dialog(), "Send test event").click();
        assertThat(dialog()).containsText("Your receiver took it");
        assertThat(dialog()).containsText("HTTP 200");
        assertThat(window.look("test-delivered")).isEmpty();

        others.receiverAnswers(401);
        button(dialog(), "Send test event").click();
        assertThat(dialog()).containsText("It did not arrive");
        assertThat(dialog()).containsText("HTTP 401");
        dialog().getByText("What the receiver answered").click();
        assertThat(window.look("test-refused")).isEmpty();
    }

    @Test
    @Order(8)
    void reactivatesAndRecoversWithOneButton() {
        others.receiverAnswers(410);
        others.givesUp(webhook, "gone-1", Instant.now().minusSeconds(10));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/");
                    return page.getByText("answered 410 Gone").isVisible();
                });
        assertThat(window.look("deactivated")).isEmpty();
        others.receiverAnswers(200);

        button("Reactivate and recover " + NAME).click();
        button(dialog(), "Count them first").click();
        var send =
                dialog().getByRole(
                                AriaRole.BUTTON,
                                new Locator.GetByRoleOptions()
                                        .setName(Pattern.compile("Reactivate and send \\d+")));
        assertThat(send).isVisible();
        assertThat(window.look("reactivate")).isEmpty();
        send.click();
        assertThat(dialog()).containsText("handed over to be sent");
        button(dialog(), "Close").last().click();
        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("Active");
    }

    @Test
    @Order(9)
    void saysWhyAnEventDidNotFire() {
        tab("Why?");
        page.getByLabel("Event id").fill("booking-1");
        button("Ask why").click();
        var row = page.getByRole(AriaRole.ROW).nth(1);
        assertThat(row).containsText(NAME);
        assertThat(row).containsText("No");
        assertThat(row).containsText("another event than Meeting booked via scheduler.");
        assertThat(row).not().containsText("Decided");
        assertThat(page.getByText("under revision 1 of the setup")).isVisible();
        assertThat(window.look("why")).isEmpty();
        page.getByLabel("Event id").fill("never-published");
        button("Ask why").click();
        assertThat(page.getByText("Nothing is known of an event with this id")).isVisible();
        assertThat(window.look("why-unknown")).isEmpty();
    }

    @Test
    @Order(10)
    void saysWhichWebhookKeptFailingAndReactivatesItToo() {
        var name = "Notes to the archive";
        page.navigate("/");
        button("Add webhook").click();
        dialog().getByLabel("Name", exactlyIn()).fill(name);
        dialog().getByLabel("Target URL").fill("https://archive.example/hook");
        button(dialog(), "Add webhook").click();
        assertThat(page.getByText("The webhook is added")).isVisible();
        var failing = uuidOf(name);
        console().wasAlwaysThere(failing);
        others.receiverAnswers(503);
        var yesterday = Instant.now().minus(Duration.ofHours(25));
        for (int i = 1; i <= 5; i++) {
            var time = yesterday.plusSeconds(i);
            others.givesUp(failing, "archive-" + i, time, time);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/");
                    return page.getByText("its receiver kept failing").isVisible();
                });
        assertThat(window.look("failing")).isEmpty();

        others.receiverAnswers(200);
        button("Reactivate and recover " + name).click();
        button(dialog(), "Count them first").click();
        button(dialog(), "Reactivate and send 5").click();
        assertThat(dialog()).containsText("5 events were handed over to be sent");
        button(dialog(), "Close").last().click();
        assertThat(page.getByText("its receiver kept failing")).isHidden();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/console/deliveries?status=delivered&webhook=" + failing);
                    return page.getByText("5 deliveries").isVisible();
                });
    }

    @Test
    @Order(11)
    void saysThatTheConnectionIsLostAndBack() {
        page.clock().install();
        tab("Deliveries");
        var live = page.getByText("Live: new deliveries show up");
        // which comes by the connection, so there is one
        others.routes(webhook, "note-open", Instant.now(), Reason.MATCHED);
        assertThat(row("note-open")).isVisible();
        // nothing comes any more, and nobody is told
        page.context().setOffline(true);
        page.clock().fastForward("01:00");
        assertThat(page.getByText("The connection is lost")).isVisible();
        assertThat(live).isHidden();
        assertThat(window.look("live-lost")).isEmpty();

        page.context().setOffline(false);
        assertThat(page.getByText("The connection is back")).isVisible();
        assertThat(page.getByText("The connection is lost")).isHidden();
        assertThat(live).isVisible();
        others.routes(webhook, "note-back", Instant.now(), Reason.MATCHED);
        assertThat(row("note-back")).isVisible();
        window.complaints()
                .removeIf(complaint ->
                        complaint.contains("ERR_INTERNET_DISCONNECTED")
                                || complaint.equals("[object Event]"));
    }

    @Test
    @Order(12)
    void showsWhereEveryEventWent() {
        tab("Ledger");
        var all =
                page.getByRole(
                        AriaRole.ROW,
                        new Page.GetByRoleOptions().setName(Pattern.compile("In all")));
        assertThat(all).isVisible();
        assertThat(page.getByText("Something is missing")).isHidden();
        var counts = all.getByRole(AriaRole.CELL).allTextContents();
        long events = Long.parseLong(counts.getFirst().strip());
        long accounted =
                counts.stream().skip(1).mapToLong(count -> Long.parseLong(count.strip())).sum();
        assertThat(events).isPositive().isEqualTo(accounted);
        assertThat(window.look("ledger")).isEmpty();
    }

    @Test
    @Order(13)
    void endsTheStreamWithTheSession() {
        tab("Deliveries");
        assertThat(page.getByText("Live: new deliveries show up")).isVisible();
        assertThat(row("note-live")).isVisible();
        var other = page.context().newPage();
        other.navigate("/");
        button(other.locator("header"), "Sign out").click();
        assertThat(other.getByText("You are signed out")).isVisible();

        assertThat(page.getByText("Your session is over")).isVisible();
        assertThat(window.look("live-over")).isEmpty();
    }

    private void preview() {
        button(dialog(), "Preview: which events would it get?").click();
    }

    private Locator row(String event) {
        return page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(event))
                .first();
    }

    private UUID uuidOf(String name) {
        var address =
                button("Edit " + name).getAttribute("hx-get").replaceAll(".*webhooks/|/edit", "");
        return UUID.fromString(address);
    }

    /// As a browser in this zone takes a time to choose.
    private static String local(Instant time) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")
                .format(time.atZone(ZoneId.systemDefault()));
    }
}
