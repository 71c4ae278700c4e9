package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/// After an outage there can be more to publish than goes out at once, and whoever waits longest is
/// the first to be refused.
class SnapshotsGoOutOldestFirstIT {
    private static final int ALL = 150;
    private static final int BATCH = 100;

    @Test
    void whenThereIsMoreThanOneBatchOfThem() throws SQLException {
        try (var service = RunningService.start(RunningService.Parts.fresh())) {
            var oldestFirst =
                    IntStream.range(0, ALL).mapToObj(_ -> UUID.randomUUID().toString()).toList();
            // the table has them the other way round, so that nothing but their numbers tells
            DatabaseDump.execute(
                    service.database,
                    """
                    with made as (
                        insert into organizations (organization_uuid, revision) values %s)
                    insert into outbox (organization_uuid, id, revision, snapshot, before_image,
                        created) overriding system value values %s
                    """
                            .formatted(
                                    rows(oldestFirst, "('%s', 1)"),
                                    rows(oldestFirst, "('%s', %d, 1, '{}', '{}', now())")));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> service.published().size() == oldestFirst.size());
            var records = service.published();
            long lastOfTheFirst = times(records, oldestFirst.subList(0, BATCH)).getLast();
            long firstOfTheLast = times(records, oldestFirst.subList(BATCH, ALL)).getFirst();
            assertThat(lastOfTheFirst).isLessThanOrEqualTo(firstOfTheLast);
        }
    }

    private static String rows(List<String> organizations, String row) {
        return IntStream.range(0, ALL)
                .map(i -> ALL - 1 - i)
                .mapToObj(i -> row.formatted(organizations.get(i), i))
                .collect(Collectors.joining(", "));
    }

    /// When the records of these organizations were made, earliest first.
    private static List<Long> times(
            List<ConsumerRecord<byte[], byte[]>> records, List<String> organizations) {
        return records.stream()
                .filter(record ->
                        organizations.contains(new String(record.key(), StandardCharsets.UTF_8)))
                .map(ConsumerRecord::timestamp)
                .sorted()
                .toList();
    }
}
