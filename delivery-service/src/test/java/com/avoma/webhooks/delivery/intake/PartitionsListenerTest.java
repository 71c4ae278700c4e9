package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.intake.PartitionsListener.Layout;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.isolation.Rank;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionsListenerTest {
    private static final TopicPartition PARTITION = new TopicPartition("delivery-jobs", 0);
    private static final UUID WEBHOOK = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final PartitionsListener partitions =
            new PartitionsListener(
                    kafka,
                    new Layout(_ -> Lane.Bounds.JOBS, new ReadAhead(1024 * 1024), _ -> 1_000, 128));
    private final Isolation isolation = new Isolation(1_000, 1024 * 1024, 10, 10);

    @BeforeEach
    void assignsThePartitionAtOffset5000() {
        kafka.assign(List.of(PARTITION));
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        kafka.commitSync(Map.of(PARTITION, new OffsetAndMetadata(5000)));
        partitions.onPartitionsAssigned(List.of(PARTITION));
    }

    @Test
    void commitsWhatIsDone() {
        add(5000);
        add(5001);
        finish(5000);
        assertThat(committed()).isEqualTo(5001);
    }

    @Test
    void takesWhatIsNewAfterTheLogWasCut() {
        add(5000);
        var old = next();
        add(4000);
        add(4001);
        // what was in flight ends, and is no business of the partition any more
        partitions.completions().add(old);

        finish(4000);
        finish(4001);

        assertThat(committed()).isEqualTo(4002);
    }

    /// One attempt hangs, and behind it is more than may be read ahead, of a webhook that takes
    /// what it gets.
    @Test
    void goesBackForABacklogWhileAnotherAttemptHangs() {
        kafka.updateEndOffsets(Map.of(PARTITION, 1_000_000L));
        partitions.add(PARTITION, 5000, OTHER, () -> entry(5000, OTHER));
        assertThat(next()).isNotNull();
        for (long offset = 5001; offset < 505_000; offset++) {
            add(offset);
        }
        partitions.steer();
        assertThat(kafka.paused()).containsExactly(PARTITION);
        for (long offset = 5001; offset < 5501; offset++) {
            finish(offset);
        }
        partitions.completions().take();

        partitions.steer();

        assertThat(kafka.paused()).isEmpty();
        assertThat(kafka.position(PARTITION)).isEqualTo(5501);
        for (long offset = 5501; offset < 6001; offset++) {
            add(offset);
        }
        partitions.steer();
        assertThat(kafka.position(PARTITION)).isEqualTo(505_000);
        assertThat(kafka.paused()).containsExactly(PARTITION);
        finish(5501);
        assertThat(committed()).isEqualTo(5000);
    }

    private void add(long offset) {
        partitions.add(PARTITION, offset, WEBHOOK, () -> entry(offset, WEBHOOK));
    }

    private void finish(long offset) {
        var started = next();
        assertThat(started).isNotNull();
        assertThat(started.entry().offset()).isEqualTo(offset);
        partitions.completions().add(started);
    }

    private Started next() {
        partitions.turns().beginPass(NOW);
        return partitions.turns().next((entry, _) -> isolation.admitErrand(entry.size()));
    }

    private long committed() {
        partitions.completions().commit(List.of(PARTITION), Duration.ofSeconds(5));
        return kafka.committed(Set.of(PARTITION)).get(PARTITION).offset();
    }

    private static Entry<Arrival> entry(long offset, UUID webhook) {
        var position = new Position(PARTITION.topic(), PARTITION.partition(), offset);
        return new Entry<>(
                offset,
                webhook,
                Rank.LIVE,
                null,
                NOW,
                1,
                new Arrival.Malformed("", new SourceRecord(position, null, null, List::of)));
    }
}
