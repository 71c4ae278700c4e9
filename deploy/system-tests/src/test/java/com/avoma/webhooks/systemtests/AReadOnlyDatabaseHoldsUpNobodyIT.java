package com.avoma.webhooks.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// PostgreSQL answers and takes nothing, as it does with a full disk or as a replica after a
/// failover: deliveries go on, changes are refused and not half made, and the log catches up.
class AReadOnlyDatabaseHoldsUpNobodyIT {
    private static final int EVENTS_A_SECOND = 20;
    private static final int MEANWHILE = 10 * EVENTS_A_SECOND;

    private Platform platform;
    private Receiver receiver;

    @BeforeEach
    void starts() {
        platform = Platform.start("WEBHOOKS_LEDGER_INTERVAL=500ms", "WEBHOOKS_LEDGER_SLACK=3s");
        receiver = platform.receiver();
    }

    @AfterEach
    void stops() {
        receiver.close();
        platform.close();
    }

    @Test
    void andTheLogCatchesUp() throws SQLException {
        var webhook = platform.api().addWebhook("AINOTE", receiver.url("/"));
        var load = new Load(platform, EVENTS_A_SECOND);
        int refused;
        try (load) {
            receiver.awaitDeliveries(EVENTS_A_SECOND);
            readOnly(true);
            int before = receiver.deliveries().size();
            receiver.awaitDeliveries(before + MEANWHILE);
            var answer =
                    platform.api()
                            .call(
                                    "PATCH",
                                    "/v1/webhooks/" + webhook + "/",
                                    Map.of("is_active", false));
            refused = answer.status();
            assertThat(platform.api().get("/v1/webhooks/" + webhook + "/").status()).isEqualTo(200);
            readOnly(false);
            receiver.awaitDeliveries(receiver.deliveries().size() + EVENTS_A_SECOND);
        }
        assertThat(refused).isEqualTo(503);
        assertThat(
                        platform.api()
                                .get("/v1/webhooks/" + webhook + "/")
                                .body()
                                .get("is_active")
                                .asBoolean())
                .isTrue();
        var outcome = new Outcome(receiver, load, 1);
        outcome.awaitAll();
        new Ledger(platform.api()).awaitClosed(load.published().size());
        System.out.printf("a read-only database: %s; a change was refused with 503%n", outcome);
    }

    /// From now on, for those who are connected too.
    private void readOnly(boolean on) throws SQLException {
        // reversed by the same, which a session may do that says so itself
        try (var connection = DriverManager.getConnection("jdbc:" + jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(
                    "alter database webhooks set default_transaction_read_only = "
                            + (on ? "on" : "off"));
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
                            + " current_database() and pid <> pg_backend_pid()");
        }
    }

    private String jdbcUrl() {
        var url = platform.variable("POSTGRES_URL");
        var account = url.substring(url.indexOf("//") + 2, url.indexOf('@')).split(":", 2);
        return "postgresql://%s?user=%s&password=%s"
                .formatted(url.substring(url.indexOf('@') + 1), account[0], account[1]);
    }
}
