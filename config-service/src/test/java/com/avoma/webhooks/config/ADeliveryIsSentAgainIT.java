package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ADeliveryIsSentAgainIT {
    private static RunningService service;
    private static SimulatedDelivery delivery;

    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final String webhook = acme.webhook("AINOTE", "https://example.com/").text("uuid");
    private final PastDeliveries past =
            new PastDeliveries(service.prefix, acme.uuid(), UUID.fromString(webhook));
    private final Instant then = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600);

    @BeforeAll
    static void start() {
        service =
                RunningService.start(
                        RunningService.Parts.fresh(), "--webhooks.publication.patience=20s");
        delivery = SimulatedDelivery.delivers(service.prefix);
    }

    @AfterAll
    static void stop() {
        delivery.close();
        service.close();
    }

    @Test
    void goesOutAsItWasUnderTheSameId() {
        past.died("a", then);
        awaitStatuses("dead_lettered");

        var answer = redeliver(past.id("a"));

        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        assertThat(answer.text("id")).isEqualTo(past.id("a"));
        assertThat(answer.text("status")).isEqualTo("pending");
        assertThat(answer.text("event_id")).isEqualTo("a");
        await().atMost(Duration.ofSeconds(30)).until(() -> !delivery.jobs(acme).isEmpty());
        var job = delivery.jobs(acme).getFirst();
        assertThat(job.messageId()).isEqualTo(past.id("a"));
        assertThat(job.origin()).isEqualTo(Origin.REDELIVERY);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.dueAt()).isNull();
        assertThat(job.body().text()).isEqualTo(PastDeliveries.body("a"));
        assertThat(job.configRevision()).isEqualTo(service.snapshots(acme).getLast().revision());
        awaitStatuses("delivered");
        var shown = service.get(acme.admin(), "/v1/deliveries/" + past.id("a") + "/").json();
        assertThat(shown.path("attempt_count").asInt()).isEqualTo(2);
        assertThat(shown.path("attempts").get(1).path("manual").asBoolean()).isTrue();
        var entry = service.get(acme.admin(), "/v1/audit-log/").json().path("results").get(0);
        assertThat(entry.path("action").asString()).isEqualTo("delivery.redelivered");
        assertThat(entry.path("resource").asString()).isEqualTo("deliveries/" + past.id("a"));
    }

    @Test
    void isMadeOnceForAnIdempotencyKey() {
        past.died("a", then);
        awaitStatuses("dead_lettered");
        var path = "/v1/deliveries/" + past.id("a") + "/redeliver/";

        var first = service.call("POST", acme.admin(), path, null, "Idempotency-Key", "k");
        var again = service.call("POST", acme.admin(), path, null, "Idempotency-Key", "k");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        awaitStatuses("delivered");
        assertThat(delivery.jobs(acme)).hasSize(1);
    }

    @Test
    void saysThatTheBodyIsGone() {
        past.diedLongAgo("a", then);
        awaitStatuses("dead_lettered");

        var answer = redeliver(past.id("a"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).startsWith("The body of this delivery is gone");
        assertThat(delivery.jobs(acme)).isEmpty();
    }

    @Test
    void sendsNothingToAWebhookThatTakesNothing() {
        past.died("a", then);
        awaitStatuses("dead_lettered");
        var path = "/v1/webhooks/" + webhook + "/";

        service.patch(acme.admin(), path, "{\"is_active\":false}");
        var inactive = redeliver(past.id("a"));
        service.delete(acme.admin(), path);
        var deleted = redeliver(past.id("a"));

        assertThat(inactive.status()).isEqualTo(400);
        assertThat(inactive.text("detail")).contains("inactive");
        assertThat(deleted.status()).isEqualTo(400);
        assertThat(deleted.text("detail")).contains("deleted");
        assertThat(delivery.jobs(acme)).isEmpty();
    }

    @Test
    void doesNotSendATestAgain() {
        service.post(acme.admin(), "/v1/webhooks/" + webhook + "/test/", null);
        awaitStatuses("delivered");
        var id = delivery.jobs(acme).getFirst().messageId();

        var answer = redeliver(id);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).contains("test");
    }

    @Test
    void isTheOrganizationsOwn() {
        past.died("a", then);
        awaitStatuses("dead_lettered");
        var other = TestOrganization.of(service, Plan.ENTERPRISE);
        var path = "/v1/deliveries/" + past.id("a") + "/redeliver/";

        assertThat(service.post(other.admin(), path, null).status()).isEqualTo(404);
        assertThat(service.post(acme.member(), path, null).status()).isEqualTo(403);
        assertThat(service.call("POST", null, path, null).status()).isEqualTo(401);
        assertThat(redeliver("msg_none").status()).isEqualTo(404);
        assertThat(service.post(acme.admin(), path, "{\"now\":true}").status()).isEqualTo(400);
        assertThat(delivery.jobs(acme)).isEmpty();
    }

    private RunningService.Answer redeliver(String id) {
        return service.post(acme.admin(), "/v1/deliveries/" + id + "/redeliver/", null);
    }

    private void awaitStatuses(String... statuses) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    var logged = PastDeliveries.logged(service.database, UUID.fromString(webhook));
                    Collections.sort(logged);
                    return logged.equals(List.of(statuses));
                });
    }
}
