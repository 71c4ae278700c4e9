package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// PostgreSQL is killed under load and is away for a quarter of a minute: nobody waits for it but
/// the log, which catches up, and the ledger closes.
class DeliveriesGoOnWithoutPostgresqlIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int EVENTS_A_SECOND = 20;
    private static final int BEFORE = 40;

    /// At that pace they take a quarter of a minute at least.
    private static final int MEANWHILE = 15 * EVENTS_A_SECOND;

    private static final int AFTERWARDS = 40;

    private final Set<String> published = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService producer;
    private Platform platform;
    private Receiver receiver;

    @BeforeEach
    void starts() {
        // judges soon and strictly: a log that is behind must not look like a loss
        platform = Platform.start("WEBHOOKS_LEDGER_INTERVAL=500ms", "WEBHOOKS_LEDGER_SLACK=3s");
        receiver = platform.receiver();
        producer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void stops() {
        producer.shutdownNow();
        receiver.close();
        platform.close();
    }

    @Test
    void andTheLogCatchesUp() throws Exception {
        var webhook = platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.api().addWebhook("MEETING_BOOKED_VIA_SCHEDULER", receiver.url("/never"));
        producer.scheduleWithFixedDelay(
                this::publish, 0, 1_000 / EVENTS_A_SECOND, TimeUnit.MILLISECONDS);
        receiver.awaitDeliveries(BEFORE);

        platform.kill("POSTGRES");
        int killed = published.size();
        await().atMost(PATIENCE).until(() -> platform.api().get("/v1/ledger/").status() == 503);
        receiver.awaitDeliveries(killed + MEANWHILE);
        assertThat(platform.api().get("/v1/ledger/").status()).isEqualTo(503);

        platform.restart("POSTGRES");
        receiver.awaitDeliveries(published.size() + AFTERWARDS);
        producer.shutdown();
        assertThat(producer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        await().atMost(PATIENCE).until(this::isClosed);
        assertThat(receiver.deliveries().stream().map(d -> d.header("webhook-id")).distinct())
                .hasSize(published.size());
        var ledger = ledger();
        // one gets every event, the other one none
        assertThat(count(ledger, "accepted")).isEqualTo(2L * published.size());
        assertThat(count(ledger, "filtered")).isEqualTo(published.size());
        assertThat(count(ledger, "difference")).isZero();
        assertThat(count(ledger, "unexpected")).isZero();
        var statistics = platform.api().get("/v1/webhooks/" + webhook + "/statistics/").body();
        assertThat(statistics.get("delivered").asInt()).isGreaterThanOrEqualTo(published.size());
        // and after the log had everything, somebody has looked, and missed nothing
        var caughtUp = Instant.now();
        await().atMost(PATIENCE)
                .until(() -> Instant.parse(text(ledger(), "checked_at")).isAfter(caughtUp));
        await().atMost(PATIENCE).until(() -> platform.unaccountedDeliveries() == 0);
    }

    private void publish() {
        var event = aiNotes();
        platform.publish(event);
        published.add(event.id());
    }

    /// Whether every event was delivered. That nothing is named as lost while the log catches up is
    /// looked at each time.
    private boolean isClosed() {
        var answer = platform.api().get("/v1/ledger/");
        if (answer.status() == 503) {
            return false;
        }
        var ledger = answer.body();
        assertThat(count(ledger, "unaccounted")).as("%s", ledger).isZero();
        return count(ledger, "delivered") == published.size() && count(ledger, "pending") == 0;
    }

    private JsonNode ledger() {
        return platform.api().get("/v1/ledger/").body();
    }

    private static long count(JsonNode ledger, String field) {
        return ledger.get("total").get(field).asLong();
    }

    private static String text(JsonNode ledger, String field) {
        return ledger.get(field).asString();
    }
}
