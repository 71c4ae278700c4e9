package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestDatabase;
import com.avoma.webhooks.testing.TestTopics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// PostgreSQL goes away while records come in, in the middle of a commit and for some seconds.
class TheLogCatchesUpIT {
    @Test
    void afterPostgresqlWasAwayUnderLoadAndKeepsItsTotalsThroughAPurge() throws Exception {
        var direct = TestDatabase.fresh();
        try (var proxy = CuttingProxy.to(direct.port());
                var service = RunningService.start(parts(through(proxy, direct)))) {
            var topics = new LogTopics(service.prefix);
            var from = Instant.now().minus(Duration.ofHours(1));
            List<LogScenario> scenarios = new ArrayList<>();
            for (int seed = 100; seed < 112; seed++) {
                scenarios.add(new LogScenario(seed, 30, from, service.prefix));
            }
            proxy.cut(CuttingProxy.Cut.FOR_GOOD);
            for (var scenario : scenarios.subList(0, 6)) {
                topics.publish(topics.of(scenario));
            }
            await().atMost(Duration.ofSeconds(60)).until(proxy::hasCut);
            for (var scenario : scenarios.subList(6, 12)) {
                List<ProducerRecord<byte[], byte[]>> records = topics.of(scenario);
                topics.publish(records.subList(0, records.size() / 2));
                topics.publish(records.subList(records.size() / 2, records.size()));
            }
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> live(service) == 200);
            proxy.mend();
            // once more in the middle of catching up, the commit done and its answer lost
            proxy.cut(CuttingProxy.Cut.AFTER_COMMIT);

            topics.awaitRead();

            for (var scenario : scenarios) {
                assertThat(totals(direct, scenario)).isEqualTo(expected(scenario));
            }

            purge(direct, LocalDate.now(ZoneOffset.UTC).plusDays(2));
            topics.publish(topics.of(scenarios.getFirst()));
            topics.awaitRead();

            for (var scenario : scenarios) {
                assertThat(totals(direct, scenario)).isEqualTo(expected(scenario));
                assertThat(
                                DatabaseDump.texts(
                                        direct,
                                        "select sum(expired)::text from ledger_days"
                                                + where(scenario)))
                        .as("what was pending")
                        .containsExactly(
                                ""
                                        + scenario.statuses.values().stream()
                                                .filter(s -> s.text().equals("pending"))
                                                .count());
                assertThat(
                                DatabaseDump.texts(
                                        direct,
                                        "select message_id from deliveries" + where(scenario)))
                        .isEmpty();
            }
        }
    }

    private static int live(RunningService service) {
        return service.call(
                        "GET",
                        null,
                        service.managementAddress() + "/actuator/health/liveness",
                        null)
                .status();
    }

    private static void purge(TestDatabase database, LocalDate before) throws SQLException {
        DatabaseDump.execute(database, "select drop_log_days('" + before + "')");
    }

    private static String totals(TestDatabase database, LogScenario scenario) throws SQLException {
        return DatabaseDump.texts(
                        database,
                        "select concat_ws(' ', sum(accepted), sum(filtered), sum(delivered),"
                                + " sum(dead_lettered), sum(canceled), sum(unexpected))"
                                + " from ledger_days"
                                + where(scenario))
                .getFirst();
    }

    private static String where(LogScenario scenario) {
        return " where organization_uuid = '" + scenario.organization + "'";
    }

    private static String expected(LogScenario scenario) {
        return "%d %d %d %d %d 0"
                .formatted(
                        scenario.accepted,
                        scenario.filtered,
                        count(scenario, "delivered"),
                        count(scenario, "dead_lettered"),
                        count(scenario, "canceled"));
    }

    private static long count(LogScenario scenario, String status) {
        return scenario.statuses.values().stream().filter(s -> s.text().equals(status)).count();
    }

    private static RunningService.Parts parts(TestDatabase database) {
        return new RunningService.Parts(
                TestBroker.bootstrapServers(),
                database,
                TestTopics.prefix(),
                SecretCipher.newKeyset());
    }

    private static TestDatabase through(CuttingProxy proxy, TestDatabase direct) {
        return new TestDatabase(
                "127.0.0.1", proxy.port(), direct.name(), direct.username(), direct.password());
    }
}
