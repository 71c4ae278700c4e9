package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records duplicated, reordered and replayed, through real Kafka into a real PostgreSQL.
class TheLogIsTheSameInAnyOrderIT {
    private static final String ATTEMPTS =
            "select message_id || ' ' || count(*) filter (where number > 0) from attempts"
                    + " where organization_uuid = '%s' group by message_id";

    private final RunningService service = RunningService.shared();
    private final LogTopics topics = new LogTopics(service.prefix);

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void andMultiplicity(long seed) throws SQLException {
        var random = new Random(seed);
        // some of it lies on a day that no partition is made for
        var from =
                random.nextBoolean()
                        ? Instant.now().minus(Duration.ofHours(1))
                        : Instant.now().plus(Duration.ofDays(9));
        var scenario = new LogScenario(seed, 40, from, service.prefix);
        List<ProducerRecord<byte[], byte[]>> records = topics.of(scenario);
        List<ProducerRecord<byte[], byte[]>> mixed = new ArrayList<>(records);
        for (int i = 0; i < records.size(); i++) {
            mixed.add(records.get(random.nextInt(records.size())));
        }
        Collections.shuffle(mixed, random);
        mixed.add(
                random.nextInt(mixed.size()),
                topics.record("delivery-attempts", "no", new byte[] {'{'}));

        topics.publish(mixed);

        assertLogged(scenario);
        topics.publish(records);
        assertLogged(scenario);
    }

    /// One that PostgreSQL cannot index, for it is too long: nothing behind it may wait for it.
    @Test
    void withoutARecordThatPostgresqlNeverTakes() throws SQLException {
        var scenario =
                new LogScenario(21, 40, Instant.now().minus(Duration.ofHours(1)), service.prefix);
        List<ProducerRecord<byte[], byte[]>> records = topics.of(scenario);
        var random = new Random(21);
        var endless =
                Stream.generate(() -> Long.toHexString(random.nextLong()))
                        .limit(800)
                        .collect(Collectors.joining());
        var fault =
                new String(
                                Json.write(
                                        new LogScenario(22, 20, Instant.now(), service.prefix)
                                                .attempts.getFirst()),
                                StandardCharsets.UTF_8)
                        .replace("\"AINOTE\"", "\"" + endless + "\"");
        records.add(
                records.size() / 2,
                topics.record(
                        "delivery-attempts",
                        scenario.webhooks.getFirst().toString(),
                        fault.getBytes(StandardCharsets.UTF_8)));

        topics.publish(records);

        assertLogged(scenario);
    }

    private void assertLogged(LogScenario scenario) throws SQLException {
        Map<String, String> expected = new TreeMap<>();
        scenario.statuses.forEach((id, status) -> expected.put(id, status.text()));
        var ids =
                "select message_id || ' ' || status from deliveries where organization_uuid = '%s'";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(pairs(ids.formatted(scenario.organization)))
                                .isEqualTo(expected));
        topics.awaitRead();
        assertThat(pairs(ids.formatted(scenario.organization))).isEqualTo(expected);
        Map<String, String> counts = new TreeMap<>();
        scenario.attempts.forEach(
                a -> counts.put(a.messageId(), "" + scenario.attemptCounts.get(a.messageId())));
        assertThat(pairs(ATTEMPTS.formatted(scenario.organization))).isEqualTo(counts);
        var total =
                DatabaseDump.texts(
                        service.database,
                        "select concat_ws(' ', sum(accepted), sum(filtered), sum(delivered),"
                                + " sum(dead_lettered), sum(canceled), sum(unexpected))"
                                + " from ledger_days where organization_uuid = '"
                                + scenario.organization
                                + "'");
        assertThat(total)
                .containsExactly(
                        "%d %d %d %d %d 0"
                                .formatted(
                                        scenario.accepted,
                                        scenario.filtered,
                                        count(expected, "delivered"),
                                        count(expected, "dead_lettered"),
                                        count(expected, "canceled")));
        assertThat(
                        DatabaseDump.texts(
                                service.database,
                                "select sum(count)::text from attempt_statistics where measure < 2"
                                        + " and organization_uuid = '"
                                        + scenario.organization
                                        + "'"))
                .containsExactly(
                        "" + scenario.attempts.stream().filter(a -> a.number() > 0).count());
    }

    private Map<String, String> pairs(String query) throws SQLException {
        Map<String, String> pairs = new TreeMap<>();
        DatabaseDump.texts(service.database, query)
                .forEach(text -> pairs.put(text.split(" ")[0], text.split(" ")[1]));
        return pairs;
    }

    private static long count(Map<String, String> statuses, String status) {
        return statuses.values().stream().filter(status::equals).count();
    }
}
