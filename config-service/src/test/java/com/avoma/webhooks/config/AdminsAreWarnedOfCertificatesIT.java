package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.job.MessageId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// From the handshake of an attempt to the notice for the product's mailer.
class AdminsAreWarnedOfCertificatesIT {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String TYPE = "webhook.certificate_expiring";

    private static RunningService service;
    private static LogTopics topics;

    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);

    @BeforeAll
    static void start() {
        service =
                RunningService.start(
                        RunningService.Parts.fresh(), "--webhooks.housekeeping.interval=300ms");
        topics = new LogTopics(service.prefix);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void onceForEachCertificateThatExpiresSoon() {
        var webhook = webhook("https://example.com/soon");
        var later = webhook("https://example.com/later");
        shown(webhook, "https://example.com/soon", NOW, Duration.ofDays(5));
        shown(later, "https://example.com/later", NOW, Duration.ofDays(15));

        var first = PublishedNotices.await(service.prefix, acme.uuid(), 1).getFirst();
        assertThat(first.type()).isEqualTo(TYPE);
        assertThat(first.header("ce_subject")).isEqualTo("webhooks/" + webhook);
        assertThat(first.data().path("target_url").asString())
                .isEqualTo("https://example.com/soon");
        assertThat(Instant.parse(first.data().path("certificate_expires_at").asString()))
                .isEqualTo(NOW.plus(Duration.ofDays(5)));
        assertThat(first.data().path("detail").asString()).contains("in 4 days", "renew it");

        // shown again, and renewed with one that is soon over, too
        shown(webhook, "https://example.com/soon", NOW.plusSeconds(1), Duration.ofDays(5));
        shown(webhook, "https://example.com/soon", NOW.plusSeconds(2), Duration.ofDays(13));

        var both = PublishedNotices.await(service.prefix, acme.uuid(), 2);
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> PublishedNotices.of(service.prefix, acme.uuid()).size() == 2);
        assertThat(Instant.parse(both.getLast().data().path("certificate_expires_at").asString()))
                .isEqualTo(NOW.plus(Duration.ofDays(13)));

        // an attempt from before it was renewed comes late
        shown(webhook, "https://example.com/soon", NOW.minusSeconds(1), Duration.ofDays(4));
        topics.awaitRead();
        var statistics =
                service.get(acme.admin(), "/v1/webhooks/%s/statistics/".formatted(webhook));
        assertThat(Instant.parse(statistics.text("certificate_expires_at")))
                .isEqualTo(NOW.plus(Duration.ofDays(13)));
    }

    @Test
    void butNotOfThoseThatNothingIsSentTo() throws SQLException {
        // more than are told of at a time, all of them sooner: none may stand in the way
        DatabaseDump.execute(
                service.database,
                """
                insert into receiver_certificates
                    (organization_uuid, webhook_uuid, expires_at, seen_at, target_url)
                select '%s', gen_random_uuid(), now(), now(), 'https://example.com/'
                from generate_series(1, 250)
                """
                        .formatted(acme.uuid()));
        var off = webhook("https://example.com/off");
        service.patch(acme.admin(), "/v1/webhooks/" + off + "/", "{\"is_active\":false}");
        var moved = webhook("https://example.com/before");
        service.patch(
                acme.admin(),
                "/v1/webhooks/" + moved + "/",
                "{\"target_url\":\"https://example.com/after\"}");
        var on = webhook("https://example.com/on");
        shown(off, "https://example.com/off", NOW, Duration.ofDays(1));
        shown(moved, "https://example.com/before", NOW, Duration.ofDays(1));
        shown(on, "https://example.com/on", NOW, Duration.ofDays(2));

        var told = PublishedNotices.await(service.prefix, acme.uuid(), 1);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().header("ce_subject")).isEqualTo("webhooks/" + on);
        var statistics = "/v1/webhooks/%s/statistics/";
        assertThat(
                        service.get(acme.admin(), statistics.formatted(moved))
                                .json()
                                .path("certificate_warning")
                                .isNull())
                .isTrue();
        assertThat(service.get(acme.admin(), statistics.formatted(on)).text("certificate_warning"))
                .contains("expires at");

        service.patch(acme.admin(), "/v1/webhooks/" + off + "/", "{\"is_active\":true}");
        assertThat(PublishedNotices.await(service.prefix, acme.uuid(), 2).getLast().type())
                .isEqualTo(TYPE);
    }

    private UUID webhook(String url) {
        return UUID.fromString(acme.webhook("AINOTE", url).text("uuid"));
    }

    /// An attempt whose handshake showed a certificate.
    private void shown(UUID webhook, String url, Instant at, Duration left) {
        var event = "event-" + at;
        topics.publish(
                List.of(
                        topics.of(
                                new AttemptRecord(
                                        MessageId.of("test", event, webhook),
                                        acme.uuid(),
                                        webhook,
                                        event,
                                        "test",
                                        "AINOTE",
                                        at,
                                        1,
                                        at,
                                        Outcome.DELIVERED,
                                        200,
                                        null,
                                        null,
                                        12,
                                        null,
                                        "ok",
                                        url,
                                        false,
                                        false,
                                        NOW.plus(left),
                                        Verdict.DELIVERED,
                                        null,
                                        null,
                                        new Position("delivery-jobs", 0, 1)))));
    }
}
