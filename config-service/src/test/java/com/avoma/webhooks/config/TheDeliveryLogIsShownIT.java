package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Decision;
import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.config.deliverylog.AttemptTally;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `/v1/deliveries/`, `/v1/events/` and statistics, of records on real Kafka.
class TheDeliveryLogIsShownIT {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final String BODY = "{\"event_type\":\"AINOTE\",\"subject\":\"Größe ✓\"}";

    private final RunningService service = RunningService.shared();
    private final LogTopics topics = new LogTopics(service.prefix);
    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final TestOrganization other = TestOrganization.of(service, Plan.ENTERPRISE);
    private final UUID webhook =
            UUID.fromString(acme.webhook("AINOTE", "https://example.com/").text("uuid"));
    private int offset;

    @Test
    void showsADeliveryWithItsAttemptsAndTheBodyThatWasSent() {
        topics.make("delivery-jobs");
        var decision = decision("one", NOW, webhook);
        var job = publish(job(decision));
        var first = attempt(decision, 1, NOW.plusMillis(50), Verdict.RETRY, job);
        // done twice after a crash: the same number again
        var again = attempt(decision, 1, NOW.plusMillis(90), Verdict.RETRY, job);
        topics.publish(List.of(topics.of(again), topics.of(first), topics.of(decision)));
        // where they were sent stays as it was
        service.patch(
                acme.admin(),
                "/v1/webhooks/" + webhook + "/",
                "{\"target_url\":\"https://example.com/moved\"}");

        var id = id(decision);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        service.get(acme.admin(), "/v1/deliveries/" + id + "/")
                                        .json()
                                        .path("attempts")
                                        .size()
                                == 2);
        var shown = service.get(acme.admin(), "/v1/deliveries/" + id).json();
        assertThat(shown.path("id").asString()).isEqualTo(id);
        assertThat(shown.path("status").asString()).isEqualTo("pending");
        assertThat(shown.path("webhook_uuid").asString()).isEqualTo(webhook.toString());
        assertThat(shown.path("attempt_count").asInt()).isEqualTo(2);
        assertThat(Instant.parse(shown.path("next_attempt_at").asString()))
                .isEqualTo(again.nextAttemptAt());
        assertThat(shown.path("body").asString()).isEqualTo(BODY);
        assertThat(shown.path("body_expired").asBoolean()).isFalse();
        assertThat(shown.path("test").asBoolean()).isFalse();
        for (int number = 1; number <= 2; number++) {
            var made = shown.path("attempts").get(number - 1);
            assertThat(made.path("number").asInt()).isEqualTo(number);
            assertThat(made.path("outcome").asString()).isEqualTo("unreachable");
            assertThat(made.path("failure").asString()).isEqualTo("timeout");
            assertThat(made.path("status_code").isNull()).isTrue();
            assertThat(made.path("diagnosis").asString()).isNotEmpty();
            assertThat(made.path("timings").path("dns_ms").asInt()).isEqualTo(1);
            assertThat(made.path("timings").path("tls_ms").isNull()).isTrue();
            assertThat(made.path("manual").asBoolean()).isFalse();
            assertThat(made.path("target_url").asString()).isEqualTo("https://example.com/");
        }
        assertThat(service.get(other.admin(), "/v1/deliveries/" + id + "/").status())
                .isEqualTo(404);
        assertThat(service.get(acme.admin(), "/v1/deliveries/none/").status()).isEqualTo(404);
    }

    @Test
    void saysWhenTheBodyIsNotThereAnyMore() {
        topics.make("delivery-jobs");
        var decision = decision("gone", NOW, webhook);
        var another = publish(job(decision("another", NOW, webhook)));
        var beyond =
                new Position(another.topic(), another.partition(), another.offset() + 1_000_000);
        var second = decision("beyond", NOW, webhook);
        topics.publish(
                List.of(
                        topics.of(attempt(decision, 1, NOW, Verdict.DELIVERED, another)),
                        topics.of(attempt(second, 1, NOW, Verdict.DELIVERED, beyond))));

        for (var one : List.of(decision, second)) {
            var path = "/v1/deliveries/" + id(one) + "/";
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> service.get(acme.admin(), path).status() == 200);
            var shown = service.get(acme.admin(), path).json();
            assertThat(shown.path("body").isNull()).isTrue();
            assertThat(shown.path("body_expired").asBoolean()).isTrue();
        }
    }

    @Test
    void readsTheBodyOfWhatWasNotAttemptedYetOutOfTheEvent() {
        topics.make("meeting-events");
        var record =
                new ProducerRecord<byte[], byte[]>(
                        service.prefix + "meeting-events",
                        2,
                        null,
                        "{ \"event_type\" : \"AINOTE\", \"n\": 1.0 }"
                                .getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_specversion", "1.0".getBytes(StandardCharsets.UTF_8));
        var decision = decision("fresh", NOW, webhook, publish(record));
        topics.publish(List.of(topics.of(decision)));

        var path = "/v1/deliveries/" + id(decision) + "/";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.get(acme.admin(), path).status() == 200);
        assertThat(service.get(acme.admin(), path).text("body"))
                .isEqualTo("{\"event_type\":\"AINOTE\",\"n\":1}");
    }

    @Test
    void listsWhatEveryFilterFitsNewestFirstAndPageByPage() {
        var second = UUID.randomUUID();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            // ties on purpose
            var decision =
                    decision("list-" + i, NOW.minusSeconds(i / 3), i % 5 == 0 ? second : webhook);
            records.add(topics.of(decision));
            if (i % 2 == 0) {
                records.add(
                        topics.of(
                                attempt(
                                        decision,
                                        1,
                                        decision.time().plusMillis(9),
                                        i % 4 == 0 ? Verdict.DELIVERED : Verdict.DEAD_LETTERED,
                                        place())));
            }
        }
        topics.publish(records);
        topics.awaitRead();

        var all = list("?limit=200");
        assertThat(all).hasSize(25).doesNotHaveDuplicates();
        for (int limit : new int[] {1, 7, 25}) {
            newestFirst.clear();
            for (var next = "/v1/deliveries/?limit=" + limit; !next.isEmpty(); ) {
                var page = service.get(acme.admin(), next).json();
                assertThat(page.path("count").asInt()).isEqualTo(25);
                page.path("results").forEach(d -> newestFirst.add(d.path("id").asString()));
                assertThat(newestFirst).as("limit %d", limit).hasSizeLessThanOrEqualTo(25);
                next = page.path("next").isNull() ? "" : page.path("next").asString();
            }
            assertThat(newestFirst).as("limit %d", limit).isEqualTo(all);
        }
        assertThat(list("?status=delivered")).hasSize(7);
        assertThat(list("?status=dead_lettered")).hasSize(6);
        assertThat(list("?status=pending")).hasSize(12);
        assertThat(list("?status=canceled")).isEmpty();
        assertThat(list("?webhook=" + second)).hasSize(5);
        assertThat(list("?webhook=" + second + "&status=delivered")).hasSize(2);
        assertThat(list("?event_type=AINOTE")).hasSize(25);
        assertThat(list("?event_type=MEETING_BOOKED_VIA_SCHEDULER")).isEmpty();
        assertThat(list("?event_id=list-7")).hasSize(1);
        assertThat(list("?since=" + NOW.minusSeconds(1))).hasSize(6);
        assertThat(list("?until=" + NOW.minusSeconds(1))).hasSize(19);
        assertThat(list("?since=" + NOW.minusSeconds(2) + "&until=" + NOW)).hasSize(6);
        var part = service.get(acme.admin(), "/v1/deliveries/?status=pending&limit=5").json();
        var next = service.get(acme.admin(), part.path("next").asString()).json();
        assertThat(part.path("count").asInt()).isEqualTo(12);
        assertThat(next.path("results")).hasSize(5);
        next.path("results")
                .forEach(d -> assertThat(d.path("status").asString()).isEqualTo("pending"));
        assertThat(
                        service.get(acme.admin(), next.path("previous").asString())
                                .json()
                                .path("results"))
                .isEqualTo(part.path("results"));
        assertThat(service.get(other.admin(), "/v1/deliveries/").json().path("count").asInt())
                .isZero();
        assertThat(service.get(acme.admin(), "/v1/deliveries/?statuss=x").status()).isEqualTo(400);
        assertThat(service.get(acme.admin(), "/v1/deliveries/?status=x").status()).isEqualTo(400);
        for (var beyond :
                List.of(
                        "?since=%2B99999-01-01T00:00:00Z",
                        "?cursor=" + cursor("a9223372036854775807 msg_x"),
                        "?cursor=" + cursor("a0999999999999999999 msg_x"),
                        "?cursor=" + cursor("a0001"),
                        "?cursor=" + cursor("b0001794557170309444 msg\0"))) {
            assertThat(service.get(acme.admin(), "/v1/deliveries/" + beyond).status())
                    .as(beyond)
                    .isEqualTo(400);
        }
        assertThat(service.get(acme.member(), "/v1/deliveries/").status()).isEqualTo(403);
    }

    @Test
    void saysInWordsWhyAnEventWentWhereItWent() {
        var off = UUID.randomUUID();
        var decision =
                new RoutingDecision(
                        acme.uuid(),
                        "why",
                        "test",
                        "AINOTE",
                        "u-1",
                        NOW,
                        NOW.plusMillis(4),
                        12,
                        Set.of(acme.team()),
                        place(),
                        List.of(
                                new Decision(
                                        webhook,
                                        true,
                                        Reason.MATCHED,
                                        MessageId.of("test", "why", webhook)),
                                new Decision(off, false, Reason.OUT_OF_SCOPE, null)));
        topics.publish(List.of(topics.of(decision)));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.get(acme.admin(), "/v1/events/why/").status() == 200);
        var event = service.get(acme.admin(), "/v1/events/why/").json();
        assertThat(event.path("event_type").asString()).isEqualTo("AINOTE");
        assertThat(event.path("user_uuid").asString()).isEqualTo("u-1");
        assertThat(event.path("decisions")).hasSize(2);
        var matched = event.path("decisions").get(0);
        assertThat(matched.path("reason").asString()).isEqualTo("matched");
        assertThat(matched.path("delivery_id").asString())
                .isEqualTo(MessageId.of("test", "why", webhook));
        var not = event.path("decisions").get(1);
        assertThat(not.path("reason").asString()).isEqualTo("out_of_scope");
        assertThat(not.path("detail").asString()).contains("team Sales", "revision 12");
        assertThat(service.get(other.admin(), "/v1/events/why/").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:x/1",
                "https://a.example//b",
                "50% off;v=2",
                "größe ✓",
                "a b?c#d",
                "a\\b"
            })
    void findsAnEventByWhateverIdItHas(String event) {
        topics.publish(List.of(topics.of(decision(event, NOW, webhook))));
        topics.awaitRead();

        var encoded = URLEncoder.encode(event, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(service.get(acme.admin(), "/v1/events/" + encoded + "/").text("event_id"))
                .isEqualTo(event);
        assertThat(list("?event_id=" + encoded)).hasSize(1);
    }

    @Test
    void countsAttemptsButNoTests() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var decision = decision("count-" + i, NOW.minusSeconds(60), webhook);
            var made =
                    attempt(
                            decision,
                            1,
                            decision.time().plusMillis(100),
                            i < 6 ? Verdict.DELIVERED : Verdict.RETRY,
                            place());
            records.add(topics.of(decision));
            records.add(topics.of(made));
            records.add(topics.of(made));
        }
        var test = decision("test", NOW, webhook);
        records.add(topics.of(test(attempt(test, 1, NOW, Verdict.DELIVERED, place()))));
        topics.publish(records);
        topics.awaitRead();

        var path = "/v1/webhooks/" + webhook + "/statistics/";
        var shown = service.get(acme.admin(), path).json();
        assertThat(shown.path("delivered").asInt()).isEqualTo(6);
        assertThat(shown.path("failed").asInt()).isEqualTo(2);
        assertThat(shown.path("success_rate").asDouble()).isEqualTo(0.75);
        assertThat(shown.path("latency_ms").path("p50").asInt()).isEqualTo(12);
        assertThat(shown.path("delay_ms").path("p50").asInt()).isBetween(97, 103);
        assertThat(shown.path("certificate_expires_at").asString()).isNotEmpty();
        assertThat(shown.path("certificate_warning").asString()).contains("in 5 days");
        long inBuckets = 0;
        for (var bucket : shown.path("buckets")) {
            inBuckets += bucket.path("delivered").asInt() + bucket.path("failed").asInt();
        }
        assertThat(inBuckets).isEqualTo(8);
        var month = path + "?from=" + NOW.minus(Duration.ofDays(30));
        assertThat(service.get(acme.admin(), month).json().path("delivered").asInt()).isEqualTo(6);
        assertThat(service.get(acme.admin(), month).json().path("failed").asInt()).isEqualTo(2);
        var past = path + "?from=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z";
        assertThat(service.get(acme.admin(), past).json().path("delivered").asInt()).isZero();
        assertThat(service.get(other.admin(), path).status()).isEqualTo(404);
        assertThat(service.get(acme.admin(), path + "?from=x").status()).isEqualTo(400);
        var listed = service.get(acme.admin(), "/v1/deliveries/" + id(test) + "/").json();
        assertThat(listed.path("test").asBoolean()).isTrue();
        var total = service.get(acme.admin(), "/v1/ledger/").json().path("total");
        assertThat(total.path("accepted").asInt()).isEqualTo(8);
        assertThat(total.path("unexpected").asInt()).isZero();
    }

    @Test
    void countsFromTheBeginningOfAPeriodUpToItsEnd() {
        var step = AttemptTally.beginning(AttemptTally.STEP, NOW.minus(Duration.ofHours(1)));
        var next = step.plus(AttemptTally.STEP);
        for (var at : List.of(step, next)) {
            var decision = decision("at-" + at, at, webhook);
            topics.publish(
                    List.of(topics.of(attempt(decision, 1, at, Verdict.DELIVERED, place()))));
        }
        topics.awaitRead();

        assertThat(delivered(step, next)).isEqualTo(1);
        assertThat(delivered(step, next.plusMillis(1))).isEqualTo(2);
        assertThat(delivered(step.minusMillis(1), step)).isZero();
    }

    private int delivered(Instant from, Instant until) {
        var path = "/v1/webhooks/%s/statistics/?from=%s&until=%s";
        var shown = service.get(acme.admin(), path.formatted(webhook, from, until));
        assertThat(shown.status()).as("%s", shown).isEqualTo(200);
        return shown.json().path("delivered").asInt();
    }

    private static String cursor(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> list(String query) {
        List<String> ids = new ArrayList<>();
        service.get(acme.admin(), "/v1/deliveries/" + query)
                .json()
                .path("results")
                .forEach(d -> ids.add(d.path("id").asString()));
        return ids;
    }

    private Position publish(ProducerRecord<byte[], byte[]> record) {
        RecordMetadata place = topics.publish(List.of(record)).getFirst();
        return new Position(place.topic(), place.partition(), place.offset());
    }

    private Position place() {
        return new Position("nowhere", 0, acme.uuid().getLeastSignificantBits() + offset++);
    }

    private RoutingDecision decision(String event, Instant time, UUID to) {
        return decision(event, time, to, place());
    }

    private RoutingDecision decision(String event, Instant time, UUID to, Position place) {
        return LogScenario.decision(acme.uuid(), to, event, time, place);
    }

    private static String id(RoutingDecision decision) {
        return String.valueOf(decision.decisions().getFirst().messageId());
    }

    private ProducerRecord<byte[], byte[]> job(RoutingDecision decision) {
        return JobRecord.of(
                service.prefix + "delivery-jobs",
                new DeliveryJob(
                        id(decision),
                        acme.uuid(),
                        webhook,
                        1,
                        decision.eventId(),
                        decision.eventSource(),
                        decision.eventType(),
                        decision.time(),
                        decision.userUuid(),
                        1,
                        null,
                        DeliveryJob.Origin.EVENT,
                        null,
                        Payload.of(BODY)));
    }

    private static AttemptRecord attempt(
            RoutingDecision decision, int number, Instant at, Verdict verdict, Position job) {
        boolean delivered = verdict == Verdict.DELIVERED;
        return made(
                decision,
                number,
                at,
                verdict,
                job,
                delivered ? Outcome.DELIVERED : Outcome.UNREACHABLE,
                false);
    }

    private static AttemptRecord test(AttemptRecord made) {
        return new AttemptRecord(
                made.messageId(),
                made.organizationUuid(),
                made.webhookUuid(),
                made.eventId(),
                made.eventSource(),
                made.eventType(),
                made.eventTime(),
                made.number(),
                made.startedAt(),
                made.outcome(),
                made.statusCode(),
                made.failure(),
                made.detail(),
                made.durationMs(),
                made.timings(),
                made.responseExcerpt(),
                made.targetUrl(),
                true,
                true,
                made.certificateExpiresAt(),
                made.verdict(),
                made.reason(),
                made.nextAttemptAt(),
                made.job());
    }

    private static AttemptRecord made(
            RoutingDecision decision,
            int number,
            Instant at,
            Verdict verdict,
            Position job,
            @Nullable Outcome outcome,
            boolean test) {
        boolean delivered = outcome == Outcome.DELIVERED;
        return new AttemptRecord(
                id(decision),
                decision.organizationUuid(),
                decision.decisions().getFirst().webhookUuid(),
                decision.eventId(),
                decision.eventSource(),
                decision.eventType(),
                decision.time(),
                number,
                at,
                outcome,
                delivered ? (Integer) 200 : null,
                delivered ? null : Failure.TIMEOUT,
                delivered ? null : "No answer came in time.",
                12,
                new Timings(1L, 2L, null, null),
                delivered ? "ok" : null,
                "https://example.com/",
                test,
                test,
                NOW.plus(Duration.ofDays(5)).plusSeconds(3_600),
                verdict,
                null,
                verdict == Verdict.RETRY ? at.plusSeconds(300) : null,
                job);
    }
}
