package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatFailedOrWasMissedIsSentAgainIT {
    private static RunningService service;
    private static SimulatedDelivery delivery;

    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
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
    void countsFirstThenSendsWhatFailedUnderTheSameId() {
        var webhook = webhook();
        var past = past(webhook);
        past.died(List.of("a", "b", "c"), then);
        past.died("too-early", then.minusSeconds(1));
        past.died("too-late", then.plusSeconds(60));
        past.wasDelivered("d", then);
        awaitLogged(webhook, 6);
        var range = range(then, then.plusSeconds(60));

        var dry = recovered(webhook, range + ",\"dry_run\":true}");
        assertThat(dry.path("matched").asInt()).isEqualTo(3);
        assertThat(dry.path("sent").asInt()).isZero();
        assertThat(dry.path("expired").asInt()).isZero();
        assertThat(delivery.jobs(acme)).isEmpty();

        var real = recovered(webhook, range + "}");
        assertThat(real.path("matched").asInt()).isEqualTo(3);
        assertThat(real.path("sent").asInt()).isEqualTo(3);
        assertThat(real.path("only").asString()).isEqualTo("failed");
        awaitJobs(3);
        assertThat(delivery.jobs(acme))
                .extracting(DeliveryJob::messageId)
                .containsExactlyInAnyOrder(past.id("a"), past.id("b"), past.id("c"));
        assertThat(delivery.jobs(acme))
                .allSatisfy(job -> {
                    assertThat(job.origin()).isEqualTo(Origin.RECOVERY);
                    assertThat(job.attempt()).isEqualTo(1);
                    assertThat(job.dueAt()).isNull();
                    assertThat(job.body().text()).isEqualTo(PastDeliveries.body(job.eventId()));
                    assertThat(job.eventTime()).isEqualTo(then);
                    assertThat(job.configRevision())
                            .isEqualTo(service.snapshots(acme).getLast().revision());
                });

        // they are delivered now
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Collections.frequency(logged(webhook), "delivered") == 4);
        assertThat(recovered(webhook, range + "}").path("matched").asInt()).isZero();
        assertThat(delivery.jobs(acme)).hasSize(3);
    }

    @Test
    void backfillsAWebhookWithEventsFromBeforeItExisted() {
        var user = member(acme.team());
        event("of-the-team", then, user);
        event("of-a-stranger", then, "somebody");
        event("too-early", then.minusSeconds(1), user);
        event("too-late", then.plusSeconds(60), user);
        PastDeliveries.published(
                service.prefix,
                acme.uuid(),
                "another-trigger",
                then,
                user,
                "MEETING_BOOKED_VIA_SCHEDULER");
        PastDeliveries.published(service.prefix, UUID.randomUUID(), "of-others", then, user);
        PastDeliveries.published(service.prefix, acme.uuid(), "unroutable", then, "");
        structured("structured", then, user);
        var scoped =
                service.post(
                                acme.admin(),
                                "/v1/webhooks/",
                                "{\"event_type\":\"AINOTE\",\"target_url\":\"https://example.com/\",\"teams\":[\"%s\"]}"
                                        .formatted(acme.team()))
                        .text("uuid");
        var range = range(then, then.plusSeconds(60)) + ",\"only\":\"all\"";

        var dry = recovered(scoped, range + ",\"dry_run\":true}");
        assertThat(dry.path("matched").asInt()).as("%s", dry).isEqualTo(2);
        assertThat(recovered(scoped, range + "}").path("sent").asInt()).isEqualTo(2);

        awaitJobs(2);
        assertThat(delivery.jobs(acme))
                .extracting(DeliveryJob::eventId)
                .containsExactlyInAnyOrder("of-the-team", "structured");
        assertThat(delivery.jobs(acme))
                .allSatisfy(job -> {
                    assertThat(job.messageId()).isEqualTo(past(scoped).id(job.eventId()));
                    assertThat(job.body().text()).isEqualTo(PastDeliveries.body(job.eventId()));
                    assertThat(job.userId()).isEqualTo(user);
                });
    }

    @Test
    void sendsWhatWasDeliveredAgainAndLeavesWhatIsPending() {
        var webhook = webhook();
        var past = past(webhook);
        for (var event : List.of("delivered", "dead", "never-sent")) {
            event(event, then, "somebody");
        }
        past.wasDelivered("delivered", then);
        past.died("dead", then);
        awaitLogged(webhook, 2);
        var range = range(then, then.plusSeconds(60)) + ",\"only\":\"all\"}";

        assertThat(recovered(webhook, range).path("sent").asInt()).isEqualTo(3);
        awaitJobs(3);
        assertThat(delivery.jobs(acme))
                .extracting(DeliveryJob::eventId)
                .containsExactlyInAnyOrder("delivered", "dead", "never-sent");
    }

    @Test
    void saysHowManyBodiesAreGone() {
        var webhook = webhook();
        var past = past(webhook);
        past.died("here", then);
        past.diedLongAgo("gone", then);
        past.diedLongAgo("gone-too", then);
        awaitLogged(webhook, 3);

        var recovery = recovered(webhook, range(then, then.plusSeconds(60)) + "}");

        assertThat(recovery.path("matched").asInt()).isEqualTo(1);
        assertThat(recovery.path("sent").asInt()).isEqualTo(1);
        assertThat(recovery.path("expired").asInt()).isEqualTo(2);
    }

    @Test
    void countsForAnInactiveWebhookAndSendsOnceItIsActive() {
        var webhook = webhook();
        past(webhook).died("a", then);
        awaitLogged(webhook, 1);
        var path = "/v1/webhooks/" + webhook + "/";
        service.patch(acme.admin(), path, "{\"is_active\":false}");
        var range = range(then, then.plusSeconds(60));

        assertThat(recovered(webhook, range + ",\"dry_run\":true}").path("matched").asInt())
                .isEqualTo(1);
        var refused = service.post(acme.admin(), path + "recoveries/", range + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail")).contains("inactive");

        service.patch(acme.admin(), path, "{\"is_active\":true}");
        assertThat(recovered(webhook, range + "}").path("sent").asInt()).isEqualTo(1);
    }

    @Test
    void isListedShownAndAudited() {
        var webhook = webhook();
        var path = path(webhook);
        var key = "k";
        var body = range(then, then.plusSeconds(60)) + ",\"dry_run\":true}";

        var first = service.call("POST", acme.admin(), path, body, "Idempotency-Key", key);
        var again = service.call("POST", acme.admin(), path, body, "Idempotency-Key", key);
        awaitEnd(webhook, first.text("id"));

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.json().propertyNames())
                .containsExactly(
                        "id", "since", "until", "only", "dry_run", "status", "matched", "sent",
                        "expired", "created");
        assertThat(again.json()).isEqualTo(first.json());
        var list = service.get(acme.admin(), path).json();
        assertThat(list.path("count").asInt()).isEqualTo(1);
        assertThat(list.path("results").get(0))
                .isEqualTo(service.get(acme.admin(), path + first.text("id") + "/").json());
        var entry = service.get(acme.admin(), "/v1/audit-log/").json().path("results").get(0);
        assertThat(entry.path("action").asString()).isEqualTo("recovery.created");
        assertThat(entry.path("resource").asString())
                .isEqualTo("webhooks/" + webhook + "/recoveries/" + first.text("id"));
        assertThat(entry.path("changes").path("only").path("to").asString()).isEqualTo("failed");
        // canceling what is over changes nothing
        assertThat(service.delete(acme.admin(), path + first.text("id") + "/").status())
                .isEqualTo(204);
        assertThat(service.get(acme.admin(), path + first.text("id") + "/").text("status"))
                .isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"since\":\"2999-01-01T00:00:00Z\"}",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"only\":\"none\"}",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"dryrun\":true}"
            })
    void refusesWhatMakesNoSense(String body) {
        var answer = service.post(acme.admin(), path(webhook()), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").size()).isEqualTo(1);
    }

    @Test
    void isTheOrganizationsOwn() {
        var webhook = webhook();
        var path = path(webhook);
        var body = range(then, then.plusSeconds(60)) + ",\"dry_run\":true}";
        var id = service.post(acme.admin(), path, body).text("id");
        var other = TestOrganization.of(service, Plan.ENTERPRISE);
        var another = webhook();

        for (var admin : List.of(other.admin())) {
            assertThat(service.post(admin, path, body).status()).isEqualTo(404);
            assertThat(service.get(admin, path).status()).isEqualTo(404);
            assertThat(service.get(admin, path + id + "/").status()).isEqualTo(404);
            assertThat(service.delete(admin, path + id + "/").status()).isEqualTo(404);
        }
        assertThat(service.get(acme.admin(), path(another) + id + "/").status()).isEqualTo(404);
        assertThat(service.get(acme.admin(), path + "nonsense/").status()).isEqualTo(404);
        assertThat(service.post(acme.member(), path, body).status()).isEqualTo(403);
        assertThat(service.call("GET", null, path, null).status()).isEqualTo(401);
    }

    private String webhook() {
        return acme.webhook(TriggerEvent.AINOTE.name(), "https://example.com/").text("uuid");
    }

    private PastDeliveries past(String webhook) {
        return new PastDeliveries(service.prefix, acme.uuid(), UUID.fromString(webhook));
    }

    private void event(String event, Instant time, String user) {
        PastDeliveries.published(service.prefix, acme.uuid(), event, time, user);
    }

    private void structured(String event, Instant time, String user) {
        var json =
                """
                {"specversion":"1.0","id":"%s","source":"%s","type":"AINOTE","time":"%s",
                 "organizationid":"%s","userid":"%s","data":{"event_type":"AINOTE","uuid":"%s"}}
                """
                        .formatted(event, PastDeliveries.SOURCE, time, acme.uuid(), user, event);
        var record =
                new ProducerRecord<byte[], byte[]>(
                        new Topics(service.prefix).meetingEvents(),
                        null,
                        json.getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add(
                        "content-type",
                        "application/cloudevents+json".getBytes(StandardCharsets.UTF_8));
        try (var producer = TestBroker.producer()) {
            producer.send(record);
        }
    }

    /// A user of the organization who is in the team, known to the service.
    private String member(UUID team) {
        var user = UUID.randomUUID();
        acme.has(user, team);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        DatabaseDump.texts(
                                        service.database,
                                        "select user_uuid::text from directory_members")
                                .contains(user.toString()));
        return user.toString();
    }

    private static String range(Instant since, Instant until) {
        return "{\"since\":\"%s\",\"until\":\"%s\"".formatted(since, until);
    }

    private List<String> logged(String webhook) {
        return PastDeliveries.logged(service.database, UUID.fromString(webhook));
    }

    private void awaitLogged(String webhook, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        logged(webhook).stream().filter(s -> !s.equals("pending")).count()
                                == count);
    }

    private void awaitJobs(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> delivery.jobs(acme).size() == count);
    }

    /// The recovery once it is completed.
    private tools.jackson.databind.JsonNode recovered(String webhook, String body) {
        var answer = service.post(acme.admin(), path(webhook), body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("running");
        return awaitEnd(webhook, answer.text("id"));
    }

    private tools.jackson.databind.JsonNode awaitEnd(String webhook, String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> service.get(acme.admin(), path(webhook) + id + "/").json(),
                        recovery -> recovery.path("status").asString().equals("completed"));
    }

    private static String path(String webhook) {
        return "/v1/webhooks/" + webhook + "/recoveries/";
    }
}
