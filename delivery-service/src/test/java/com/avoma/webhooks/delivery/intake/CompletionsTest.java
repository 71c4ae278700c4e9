package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.isolation.Admission.Go;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.isolation.Isolation.Candidate;
import com.avoma.webhooks.delivery.isolation.Rank;
import com.avoma.webhooks.delivery.isolation.Result;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is under way or would be done again never exceeds what may be under way.
class CompletionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("delivery-jobs", 0);
    private static final UUID WEBHOOK = new UUID(0, 1);
    private static final int IN_FLIGHT = 2;
    private static final int MANY = 128;

    private final SilentConsumer kafka = new SilentConsumer();
    private final Isolation isolation = new Isolation(IN_FLIGHT, 1024 * 1024, 10, 10);
    private final Lane<Arrival> lane =
            new Lane<>(new OffsetWindow(0, ""), Lane.Bounds.JOBS, new ReadAhead(1024 * 1024));
    private final Map<TopicPartition, Reading> readings = new HashMap<>();
    private final Completions completions = new Completions(kafka, readings, MANY);

    @BeforeEach
    void hasOnePartition() {
        readings.put(PARTITION, new Reading(lane, new Course(lane, _ -> 500)));
        for (long offset = 0; offset < 10; offset++) {
            lane.add(entry(offset));
        }
    }

    @Test
    void startsNothingMoreUntilTheBrokersHaveTheCommit() {
        finish(start());
        finish(start());
        assertThat(start()).as("both are done, and no commit tells of them").isNull();
        commit();
        assertThat(start()).as("the commit has no answer yet").isNull();
        assertThat(completions.isAwaited()).isTrue();

        kafka.answers.remove().onComplete(Map.of(), null);

        assertThat(completions.isAwaited()).isFalse();
        assertThat(start()).isNotNull();
        assertThat(start()).isNotNull();
        assertThat(start()).isNull();
    }

    @Test
    void commitsAgainWhatTheBrokersDidNotTake() {
        finish(start());
        finish(start());
        commit();
        kafka.answers.remove().onComplete(Map.of(), new TimeoutException("away"));
        assertThat(start()).isNull();

        commit();
        kafka.answers.remove().onComplete(Map.of(), null);

        assertThat(kafka.asked).isEqualTo(2);
        assertThat(start()).isNotNull();
    }

    @Test
    void leavesNothingBehindWhenTheConsumerEnds() {
        finish(start());
        commit();
        var late = start();

        completions.close();
        finish(late);
        kafka.answers.remove().onComplete(Map.of(), null);

        assertThat(start()).isNotNull();
        assertThat(start()).isNotNull();
        assertThat(start()).isNull();
    }

    @Test
    void ofPartitionsThatAreSomebodyElsesNothingIsAwaited() {
        finish(start());
        finish(start());
        readings.clear();

        commit();

        assertThat(kafka.asked).isZero();
        assertThat(completions.isAwaited()).isFalse();
    }

    /// Without waiting for the time to come.
    @Test
    void commitsAtOnceWhatHasBecomeMuch() {
        var roomy = new Isolation(1_000, 1024 * 1024, 10, 10);
        for (long offset = 10; offset < 10 + MANY; offset++) {
            lane.add(entry(offset, new UUID(1, offset)));
        }
        lane.beginPass(Instant.EPOCH);
        List<Started> much = new ArrayList<>();
        for (var next = next(roomy); much.size() < MANY; next = next(roomy)) {
            much.add(next);
        }
        finish(much.removeFirst());
        commit();
        kafka.answers.remove().onComplete(Map.of(), null);

        much.forEach(this::finish);
        finish(next(roomy));
        completions.commitNowAndThen();

        assertThat(kafka.asked).isEqualTo(2);
    }

    private Started next(Isolation room) {
        var admitted = lane.next((entry, line) -> judge(room, entry, line));
        return admitted == null ? null : new Started(lane, admitted.entry(), admitted.admission());
    }

    /// The next one that starts, if one may.
    private Started start() {
        lane.beginPass(Instant.EPOCH);
        return next(isolation);
    }

    private static Admission judge(Isolation room, Entry<Arrival> entry, int line) {
        return room.admit(new Candidate(entry.webhook(), entry.rank(), entry.size(), line), 1);
    }

    /// The attempt succeeds, and that is written down.
    private void finish(Started started) {
        if (started.admission() instanceof Go(var ticket)) {
            ticket.attempted(Result.DELIVERED, 1, 1);
        }
        started.written(1);
        completions.add(started);
        completions.take();
    }

    private void commit() {
        int before = kafka.asked;
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (kafka.asked == before && completions.isAwaited() && System.nanoTime() < deadline) {
            completions.take();
            completions.commitNowAndThen();
        }
    }

    private static Entry<Arrival> entry(long offset) {
        return entry(offset, WEBHOOK);
    }

    private static Entry<Arrival> entry(long offset, UUID webhook) {
        var position = new Position(PARTITION.topic(), PARTITION.partition(), offset);
        return new Entry<>(
                offset,
                webhook,
                Rank.LIVE,
                null,
                Instant.EPOCH,
                1,
                new Arrival.Malformed("", new SourceRecord(position, null, null, List::of)));
    }

    /// Takes commits and says nothing until it is told to.
    private static final class SilentConsumer extends MockConsumer<byte[], byte[]> {
        private final Queue<OffsetCommitCallback> answers = new ArrayDeque<>();
        private int asked;

        SilentConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            asked++;
            answers.add(callback);
        }
    }
}
