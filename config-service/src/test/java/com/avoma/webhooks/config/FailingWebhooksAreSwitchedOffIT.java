package com.avoma.webhooks.config;

import static com.avoma.webhooks.config.AttemptRecords.delivered;
import static com.avoma.webhooks.config.AttemptRecords.ended;
import static com.avoma.webhooks.config.AttemptRecords.refused;
import static com.avoma.webhooks.config.AttemptRecords.test;
import static com.avoma.webhooks.config.AttemptRecords.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailingWebhooksAreSwitchedOffIT {
    /// Of the days before, so that a day of failures takes no time.
    private static final Instant YESTERDAY = Instant.now().minus(Duration.ofHours(30));

    private final RunningService service = RunningService.shared();

    @Test
    void afterADayOfFailuresAndTellsTheAdmins() throws SQLException {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var other = webhook(acme);
        var webhook = webhook(acme);
        madeBefore(webhook);
        List<AttemptRecord> attempts = failures(webhook, 4);
        attempts.add(unreachable(webhook, YESTERDAY.plusSeconds(4), "msg_4"));

        publish(service, attempts);

        awaitInactive(service, acme, webhook, "failing");
        assertThat(reason(service, acme, other)).isEqualTo("active");
        var snapshot = service.snapshots(acme).getLast();
        assertThat(snapshot.webhooks())
                .filteredOn(w -> !w.active())
                .extracting(w -> w.uuid())
                .containsExactly(webhook);
        var entry = service.get(acme.admin(), "/v1/audit-log/?limit=1").json().at("/results/0");
        assertThat(entry.path("actor").asString()).isEqualTo("system");
        assertThat(entry.path("action").asString()).isEqualTo("webhook.updated");
        assertThat(entry.path("changes").toString())
                .isEqualTo(
                        "{\"is_active\":{\"from\":true,\"to\":false},"
                                + "\"inactive_reason\":{\"from\":null,\"to\":\"failing\"}}");
        var told = PublishedNotices.await(service.prefix, acme.uuid(), 2);
        assertThat(told)
                .extracting(PublishedNotices.Seen::type)
                .containsExactly("webhook.failing", "webhook.deactivated");
        var data = told.getLast().data();
        assertThat(data.path("webhook_uuid").asString()).isEqualTo(webhook.toString());
        assertThat(data.path("reason").asString()).isEqualTo("failing");
        assertThat(data.path("consecutive_failures").asInt()).isEqualTo(5);
        assertThat(micros(data.path("failing_since").asString()))
                .isEqualTo(micros(YESTERDAY.toString()));
        assertThat(data.path("admin_emails").toString()).isEqualTo("[\"a@example.com\"]");
        assertThat(micros(told.getFirst().data().path("deactivates_at").asString()))
                .isEqualTo(micros(YESTERDAY.plus(Duration.ofHours(24)).toString()));
    }

    @Test
    void atOnceWhereTheReceiverIsGone() throws SQLException {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var webhook = webhook(acme);

        publish(service, List.of(refused(webhook, Instant.now().plusSeconds(1), "msg_1", 410)));

        awaitInactive(service, acme, webhook, "gone");
        var told = PublishedNotices.await(service.prefix, acme.uuid(), 1);
        assertThat(told)
                .extracting(PublishedNotices.Seen::type)
                .containsExactly("webhook.deactivated");
        assertThat(told.getFirst().data().path("reason").asString()).isEqualTo("gone");
    }

    @Test
    void countingEachAttemptOnceAndNoTestsAndWhatStartedBeforeASuccessNotAtAll()
            throws SQLException {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var replayed = webhook(acme);
        var tested = webhook(acme);
        var overtaken = webhook(acme);
        var mended = webhook(acme);
        var stillFailing = webhook(acme);
        for (var webhook : List.of(replayed, tested, overtaken, mended, stillFailing)) {
            madeBefore(webhook);
        }
        for (int i = 0; i < 5; i++) {
            publish(service, failures(replayed, 4));
        }
        List<AttemptRecord> tests = failures(tested, 4);
        tests.add(test(refused(tested, YESTERDAY.plusSeconds(7), "msg_t", 410)));
        tests.add(ended(tested, YESTERDAY.plusSeconds(8), "msg_e"));
        publish(service, tests);
        List<AttemptRecord> late = new ArrayList<>();
        late.add(delivered(overtaken, YESTERDAY.plusSeconds(20), "msg_ok"));
        late.addAll(failures(overtaken, 10));
        publish(service, late);
        List<AttemptRecord> ends = failures(mended, 10);
        ends.add(delivered(mended, YESTERDAY.plusSeconds(20), "msg_ok"));
        publish(service, ends);
        // a success before the failures, heard of last, and one of a test: neither ends the streak
        List<AttemptRecord> before = failures(stillFailing, 5);
        before.add(delivered(stillFailing, YESTERDAY.minusSeconds(1), "msg_ok"));
        before.add(test(delivered(stillFailing, YESTERDAY.plusSeconds(20), "msg_t")));
        publish(service, before);

        awaitInactive(service, acme, stillFailing, "failing");

        // it was judged when everything before it was known, and so were the others
        for (var webhook : List.of(replayed, tested, overtaken, mended)) {
            assertThat(reason(service, acme, webhook)).isEqualTo("active");
        }
        assertThat(PublishedNotices.await(service.prefix, acme.uuid(), 2)).hasSize(2);
    }

    @Test
    void untilAnAdminActivatesThemAgain() throws SQLException {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var webhook = webhook(acme);
        var sentinel = webhook(acme);
        madeBefore(webhook);
        madeBefore(sentinel);
        publish(service, failures(webhook, 6));
        awaitInactive(service, acme, webhook, "failing");

        var path = "/v1/webhooks/" + webhook + "/";
        assertThat(service.patch(acme.admin(), path, "{\"is_active\":true}").status())
                .isEqualTo(200);
        publish(service, failures(webhook, 9));
        publish(service, List.of(refused(webhook, YESTERDAY.plusSeconds(50), "msg_g", 410)));
        publish(service, failures(sentinel, 5));
        awaitInactive(service, acme, sentinel, "failing");

        assertThat(reason(service, acme, webhook)).isEqualTo("active");

        publish(service, List.of(refused(webhook, Instant.now().plusSeconds(1), "msg_n", 410)));
        awaitInactive(service, acme, webhook, "gone");
    }

    @Test
    void orAnAdminSendsThemElsewhere() throws SQLException {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var moved = webhook(acme);
        var renamed = webhook(acme);
        madeBefore(moved);
        madeBefore(renamed);
        publish(service, failures(moved, 4));
        publish(service, failures(renamed, 4));
        var elsewhere = "{\"target_url\":\"https://example.com/elsewhere\"}";
        service.patch(acme.admin(), "/v1/webhooks/" + moved + "/", elsewhere);
        service.patch(acme.admin(), "/v1/webhooks/" + renamed + "/", "{\"name\":\"Other\"}");

        publish(service, failures(moved, 9));
        publish(service, failures(renamed, 9));

        awaitInactive(service, acme, renamed, "failing");
        assertThat(reason(service, acme, moved)).isEqualTo("active");
    }

    /// Nobody makes an attempt after the fifth, and the instance that counted them goes.
    @Test
    void byTimeAloneAndByEitherOfTwoInstancesOnce() {
        var parts = RunningService.Parts.fresh();
        var quick =
                new String[] {
                    "--webhooks.deactivation.failing-for=12s",
                    "--webhooks.publication.patience=20s",
                    "--webhooks.publication.lease=1s"
                };
        var first = RunningService.start(parts, quick);
        try (var second = RunningService.start(parts, quick)) {
            var acme = TestOrganization.of(second, Plan.ENTERPRISE);
            List<UUID> failing = new ArrayList<>();
            try (first) {
                List<AttemptRecord> attempts = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    failing.add(webhook(second, acme));
                }
                var now = Instant.now();
                for (var webhook : failing) {
                    for (int i = 0; i < 5; i++) {
                        attempts.add(refused(webhook, now.plusMillis(i), "msg_" + i, 503));
                    }
                }
                publish(second, attempts);
                publish(second, attempts);
                PublishedNotices.await(second.prefix, acme.uuid(), failing.size());
            }
            for (var webhook : failing) {
                awaitInactive(second, acme, webhook, "failing");
            }
            publish(second, List.of(refused(failing.getFirst(), Instant.now(), "msg_9", 503)));

            var told = PublishedNotices.await(second.prefix, acme.uuid(), 3 * failing.size());
            assertThat(told).hasSize(3 * failing.size());
            for (var webhook : failing) {
                assertThat(told)
                        .filteredOn(n -> n.header("ce_subject").equals("webhooks/" + webhook))
                        .extracting(PublishedNotices.Seen::type)
                        .containsExactly(
                                "webhook.failing", "webhook.still_failing", "webhook.deactivated");
            }
            assertThat(second.snapshots(acme).getLast().webhooks())
                    .allSatisfy(w -> assertThat(w.active()).isFalse());
        }
    }

    /// After a while without config-service: the success is far behind the failures in the topic.
    @Test
    void onlyOnceEverythingOfThatTimeIsRead() throws SQLException {
        var parts = RunningService.Parts.fresh();
        TestOrganization acme;
        UUID mended;
        UUID failing;
        try (var before = RunningService.start(parts, "--webhooks.publication.patience=20s")) {
            acme = TestOrganization.of(before, Plan.ENTERPRISE);
            mended = webhook(before, acme);
            failing = webhook(before, acme);
            DatabaseDump.execute(
                    parts.database(),
                    "update webhooks set failures_since = '2020-01-01T00:00:00Z'");
        }
        List<AttemptRecord> backlog = failures(mended, 6);
        var nobodys = UUID.randomUUID();
        for (int i = 0; i < 40_000; i++) {
            backlog.add(delivered(nobodys, YESTERDAY.plusMillis(i), "msg_" + i));
        }
        backlog.add(delivered(mended, YESTERDAY.plusSeconds(60), "msg_ok"));
        backlog.addAll(failures(failing, 6));
        publish(parts.prefix(), backlog, 0);

        try (var after = RunningService.start(parts, "--webhooks.publication.patience=20s")) {
            awaitInactive(after, acme, failing, "failing");
            assertThat(reason(after, acme, mended)).isEqualTo("active");
            var log = after.get(acme.admin(), "/v1/audit-log/").json().path("results").toString();
            assertThat(log).contains("webhooks/" + failing);
            assertThat(log.split("\"system\"", -1)).hasSize(2);
        }
    }

    private UUID webhook(TestOrganization organization) {
        return webhook(service, organization);
    }

    private static UUID webhook(RunningService service, TestOrganization organization) {
        var made =
                service.post(
                        organization.admin(),
                        "/v1/webhooks/",
                        "{\"event_type\":\"AINOTE\",\"target_url\":\"https://example.com/hook\"}");
        return UUID.fromString(made.text("uuid"));
    }

    /// Makes a webhook as old as the attempts of these tests.
    private void madeBefore(UUID webhook) throws SQLException {
        DatabaseDump.execute(
                service.database,
                "update webhooks set failures_since = '2020-01-01T00:00:00Z' where uuid = '%s'"
                        .formatted(webhook));
    }

    /// One a second, all of yesterday.
    private static List<AttemptRecord> failures(UUID webhook, int count) {
        List<AttemptRecord> failures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            failures.add(refused(webhook, YESTERDAY.plusSeconds(i), "msg_" + i, 503));
        }
        return failures;
    }

    private static void publish(RunningService service, List<AttemptRecord> attempts) {
        publish(service.prefix, attempts, null);
    }

    /// @param partition null: each webhook's own
    private static void publish(
            String prefix, List<AttemptRecord> attempts, @Nullable Integer partition) {
        try (var producer = TestBroker.producer()) {
            for (var attempt : attempts) {
                var key = attempt.webhookUuid().toString().getBytes(StandardCharsets.UTF_8);
                var topic = prefix + "delivery-attempts";
                producer.send(new ProducerRecord<>(topic, partition, key, Json.write(attempt)));
            }
            producer.flush();
        }
    }

    private static void awaitInactive(
            RunningService service, TestOrganization organization, UUID webhook, String reason) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(
                        () -> assertThat(reason(service, organization, webhook)).isEqualTo(reason));
    }

    private static String reason(
            RunningService service, TestOrganization organization, UUID webhook) {
        var seen = service.get(organization.admin(), "/v1/webhooks/" + webhook + "/");
        return seen.json().path("is_active").asBoolean() ? "active" : seen.text("inactive_reason");
    }

    private static Instant micros(String time) {
        return Instant.parse(time).truncatedTo(ChronoUnit.MICROS);
    }
}
