package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AWebhookCanBeTriedOutIT {
    private static RunningService service;
    private static SimulatedDelivery delivery;

    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);

    @BeforeAll
    static void start() {
        service =
                RunningService.start(
                        RunningService.Parts.fresh(),
                        "--webhooks.publication.patience=20s",
                        "--webhooks.test-sends.patience=15s",
                        "--webhooks.test-sends.at-once=2");
        delivery = new SimulatedDelivery(service.prefix, AWebhookCanBeTriedOutIT::answer);
    }

    @AfterAll
    static void stop() {
        delivery.close();
        service.close();
    }

    /// What the receiver does is in the target's path.
    private static @Nullable AttemptRecord answer(DeliveryJob job, Position at) {
        return switch (job.eventType()) {
            case "AINOTE" ->
                    SimulatedDelivery.attempt(
                            job, at, Outcome.REFUSED, 401, null, "The receiver answered 401.");
            case "MEETING_BOOKED_VIA_SCHEDULER" ->
                    SimulatedDelivery.attempt(job, at, Outcome.DELIVERED, 204, null, null);
            case "MEETING_BOOKED_VIA_SCHEDULER_CANCELED" -> null;
            default ->
                    SimulatedDelivery.attempt(
                            job,
                            at,
                            Outcome.UNREACHABLE,
                            null,
                            Failure.DNS,
                            "The target's host name could not be resolved.");
        };
    }

    @Test
    void sendsTheSampleOnceAndAnswersWithTheAttempt() {
        var webhook = webhook(TriggerEvent.AINOTE);

        var answer = test(webhook);

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.json().propertyNames())
                .containsExactly(
                        "number",
                        "started_at",
                        "outcome",
                        "status_code",
                        "failure",
                        "diagnosis",
                        "duration_ms",
                        "timings",
                        "response_excerpt",
                        "manual",
                        "target_url");
        assertThat(answer.json().path("number").asInt()).isEqualTo(1);
        assertThat(answer.text("outcome")).isEqualTo("refused");
        assertThat(answer.json().path("status_code").asInt()).isEqualTo(401);
        assertThat(answer.json().path("failure").isNull()).isTrue();
        assertThat(answer.text("diagnosis")).contains("custom headers (Authorization");
        assertThat(answer.json().path("timings").toString())
                .isEqualTo("{\"dns_ms\":3,\"connect_ms\":12,\"tls_ms\":31,\"first_byte_ms\":40}");
        assertThat(answer.json().path("manual").asBoolean()).isTrue();
        assertThat(answer.text("target_url")).isEqualTo("https://example.com/");
        var job = delivery.jobs(acme).getFirst();
        assertThat(delivery.jobs(acme)).hasSize(1);
        assertThat(job.origin()).isEqualTo(Origin.TEST);
        assertThat(job.webhookUuid()).isEqualTo(UUID.fromString(webhook));
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.eventId()).startsWith("test-");
        assertThat(job.messageId())
                .isEqualTo(MessageId.of(job.eventSource(), job.eventId(), job.webhookUuid()));
        assertThat(job.body()).isEqualTo(TriggerEvent.AINOTE.sample());
        assertThat(job.configRevision()).isEqualTo(service.snapshots(acme).getLast().revision());
    }

    @Test
    void isAnotherEventEachTime() {
        var webhook = webhook(TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER);

        var first = test(webhook);
        var second = test(webhook);

        assertThat(List.of(first.status(), second.status())).containsOnly(200);
        assertThat(first.json().path("diagnosis").isNull()).isTrue();
        assertThat(delivery.jobs(acme).stream().map(DeliveryJob::messageId).distinct()).hasSize(2);
    }

    @Test
    void isMadeOnceForAnIdempotencyKey() {
        var path = path(webhook(TriggerEvent.AINOTE));

        var first = service.call("POST", acme.admin(), path, null, "Idempotency-Key", "k");
        var again = service.call("POST", acme.admin(), path, null, "Idempotency-Key", "k");
        var other = service.call("POST", acme.admin(), path, "{ }", "Idempotency-Key", "k");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.raw().headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(other.status()).isEqualTo(409);
        assertThat(delivery.jobs(acme)).hasSize(1);
    }

    @Test
    void worksOnAnInactiveWebhook() {
        var webhook = webhook(TriggerEvent.AINOTE);
        service.patch(acme.admin(), "/v1/webhooks/" + webhook + "/", "{\"is_active\":false}");

        assertThat(test(webhook).status()).isEqualTo(200);
    }

    @Test
    void explainsWhatWasNotReached() {
        var webhook = webhook(TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER_RESCHEDULED);

        var answer = test(webhook);

        assertThat(answer.text("failure")).isEqualTo("dns");
        assertThat(answer.json().path("status_code").isNull()).isTrue();
        assertThat(answer.text("diagnosis")).startsWith("Look-up failed: ");
    }

    @Test
    void isInTheAuditLog() {
        var webhook = webhook(TriggerEvent.AINOTE);

        test(webhook);

        var latest = service.get(acme.admin(), "/v1/audit-log/").json().path("results").get(0);
        assertThat(latest.path("action").asString()).isEqualTo("webhook.tested");
        assertThat(latest.path("resource").asString()).isEqualTo("webhooks/" + webhook);
    }

    @Test
    void saysThatDeliveryDoesNotAnswerAndBoundsHowManyWait() {
        var webhook = webhook(TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER_CANCELED);
        List<CompletableFuture<RunningService.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            requests.add(
                    CompletableFuture.supplyAsync(() -> test(webhook), Thread::startVirtualThread));
        }

        var answers = requests.stream().map(CompletableFuture::join).toList();

        assertThat(answers.stream().map(RunningService.Answer::status))
                .containsExactlyInAnyOrder(429, 503, 503);
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.raw().headers().firstValue("Retry-After")).isPresent());
        assertThat(answers.stream().filter(a -> a.status() == 503))
                .allSatisfy(answer ->
                        assertThat(answer.text("detail"))
                                .startsWith("delivery-service did not say within 15 s"));
        // both slots are free again
        assertThat(test(webhook(TriggerEvent.AINOTE)).status()).isEqualTo(200);
    }

    @Test
    void passesOverWhatIsNotItsAttempt() {
        var webhook = webhook(TriggerEvent.AINOTE);
        var attempts = new Topics(service.prefix).deliveryAttempts();
        var key = webhook.getBytes(StandardCharsets.UTF_8);
        try (var producer = TestBroker.producer()) {
            var stop = new CompletableFuture<Void>();
            var noise =
                    CompletableFuture.runAsync(
                            () -> {
                                while (!stop.isDone()) {
                                    for (var value : new String[] {"nonsense", "{}", null}) {
                                        producer.send(
                                                new ProducerRecord<>(
                                                        attempts,
                                                        key,
                                                        value == null ? null : value.getBytes()));
                                    }
                                    producer.flush();
                                }
                            },
                            Thread::startVirtualThread);

            var answer = test(webhook);
            stop.complete(null);
            noise.join();

            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        }
    }

    @Test
    void refusesWhatIsNotThereOrNotAsked() {
        var webhook = webhook(TriggerEvent.AINOTE);
        var other = TestOrganization.of(service, Plan.ENTERPRISE);

        assertThat(service.post(other.admin(), path(webhook), null).status()).isEqualTo(404);
        assertThat(service.post(acme.member(), path(webhook), null).status()).isEqualTo(403);
        assertThat(service.call("POST", null, path(webhook), null).status()).isEqualTo(401);
        assertThat(test(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(test("nonsense").status()).isEqualTo(404);
        var misspelt = service.post(acme.admin(), path(webhook), "{\"event\":1}");
        assertThat(misspelt.status()).isEqualTo(400);
        assertThat(misspelt.json().path("errors").get(0).path("field").asString())
                .isEqualTo("event");
        assertThat(delivery.jobs(acme)).isEmpty();
    }

    @Test
    void knowsAWebhookThatIsDeletedMeanwhile() {
        var webhook = webhook(TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER_CANCELED);
        var request =
                CompletableFuture.supplyAsync(() -> test(webhook), Thread::startVirtualThread);
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(14))
                .until(() -> !delivery.jobs(acme).isEmpty());
        var job = delivery.jobs(acme).getFirst();
        var ended =
                new AttemptRecord(
                        job.messageId(),
                        job.organizationUuid(),
                        job.webhookUuid(),
                        job.eventId(),
                        job.eventSource(),
                        job.eventType(),
                        job.eventTime(),
                        0,
                        Instant.now(),
                        null,
                        null,
                        null,
                        "The webhook was deleted.",
                        0,
                        null,
                        null,
                        null,
                        true,
                        true,
                        null,
                        Verdict.CANCELED,
                        null,
                        null,
                        new Position("delivery-jobs", 0, 0));
        try (var producer = TestBroker.producer()) {
            producer.send(
                    new ProducerRecord<>(
                            new Topics(service.prefix).deliveryAttempts(),
                            webhook.getBytes(StandardCharsets.UTF_8),
                            com.avoma.webhooks.common.json.Json.write(ended)));
        }

        assertThat(request.join().status()).isEqualTo(404);
    }

    private String webhook(TriggerEvent event) {
        return acme.webhook(event.name(), "https://example.com/").text("uuid");
    }

    private RunningService.Answer test(String webhook) {
        return service.post(acme.admin(), path(webhook), null);
    }

    private static String path(String webhook) {
        return "/v1/webhooks/" + webhook + "/test/";
    }
}
