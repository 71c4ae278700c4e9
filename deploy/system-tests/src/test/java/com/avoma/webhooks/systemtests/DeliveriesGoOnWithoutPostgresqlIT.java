package com.avoma.webhooks.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// PostgreSQL is killed under load and is away for a quarter of a minute: nobody waits for it but
/// the log, which catches up, and the ledger closes.
class DeliveriesGoOnWithoutPostgresqlIT {
    private static final int EVENTS_A_SECOND = 20;
    private static final int BEFORE = 40;

    /// At that pace they take a quarter of a minute at least.
    private static final int MEANWHILE = 15 * EVENTS_A_SECOND;

    private static final int AFTERWARDS = 40;

    private Platform platform;
    private Receiver receiver;

    @BeforeEach
    void starts() {
        // judges soon and strictly: a log that is behind must not look like a loss
        platform = Platform.start("WEBHOOKS_LEDGER_INTERVAL=500ms", "WEBHOOKS_LEDGER_SLACK=3s");
        receiver = platform.receiver();
    }

    @AfterEach
    void stops() {
        receiver.close();
        platform.close();
    }

    @Test
    void andTheLogCatchesUp() {
        var webhook = platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.api().addWebhook("MEETING_BOOKED_VIA_SCHEDULER", receiver.url("/never"));
        var load = new Load(platform, EVENTS_A_SECOND);
        try (load) {
            receiver.awaitDeliveries(BEFORE);

            platform.kill("POSTGRES");
            int killed = load.published().size();
            Awaiting.until(
                    "the ledger to be away",
                    () -> platform.api().get("/v1/ledger/").status() == 503);
            receiver.awaitDeliveries(killed + MEANWHILE);
            assertThat(platform.api().get("/v1/ledger/").status()).isEqualTo(503);

            platform.restart("POSTGRES");
            receiver.awaitDeliveries(load.published().size() + AFTERWARDS);
        }
        int published = load.published().size();
        var ledger = new Ledger(platform.api());
        ledger.awaitClosed(published);
        assertThat(receiver.deliveries().stream().map(d -> d.header("webhook-id")).distinct())
                .hasSize(published);
        // one gets every event, the other one none
        assertThat(ledger.count("accepted")).isEqualTo(2L * published);
        assertThat(ledger.count("filtered")).isEqualTo(published);
        assertThat(ledger.count("difference")).isZero();
        assertThat(ledger.count("unexpected")).isZero();
        var statistics = platform.api().get("/v1/webhooks/" + webhook + "/statistics/").body();
        assertThat(statistics.get("delivered").asInt()).isGreaterThanOrEqualTo(published);
        // and after the log had everything, somebody has looked, and missed nothing
        var caughtUp = Instant.now();
        Awaiting.until("another look", () -> ledger.checkedAt().isAfter(caughtUp));
        Awaiting.until("nothing unaccounted", () -> platform.unaccountedDeliveries() == 0);
    }
}
