package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The partitions that one consumer has, each with its [Lane]: opened where the last commit left
/// off, read as its [Course] says, and given away as finished as they can be within a moment.
/// [Turns] says what starts next, [Completions] keeps what is done. Not thread-safe.
final class PartitionsListener implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(PartitionsListener.class);
    private static final Duration HANDOVER = Duration.ofSeconds(3);
    private static final long LONGEST_PARK = Duration.ofMillis(10).toNanos();

    private final Consumer<byte[], byte[]> kafka;
    private final Layout layout;
    private final Map<TopicPartition, Reading> readings = new LinkedHashMap<>();
    private final Turns turns;
    private final Completions completions;

    /// What the lanes are made with.
    ///
    /// @param bounds by topic
    /// @param movable how many of a webhook's jobs may wait, see [Course]
    /// @param many see [Completions]
    record Layout(
            Function<String, Lane.Bounds> bounds,
            ReadAhead readAhead,
            ToIntFunction<UUID> movable,
            int many) {
        Reading open(String topic, OffsetWindow window) {
            var lane = new Lane<Arrival>(window, bounds.apply(topic), readAhead);
            return new Reading(lane, new Course(lane, movable));
        }
    }

    PartitionsListener(Consumer<byte[], byte[]> kafka, Layout layout) {
        this.kafka = kafka;
        this.layout = layout;
        this.turns = new Turns(readings.values());
        this.completions = new Completions(kafka, readings, layout.many());
    }

    /// Which record starts next.
    Turns turns() {
        return turns;
    }

    /// What is done.
    Completions completions() {
        return completions;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        var commits = kafka.committed(new HashSet<>(partitions));
        for (var partition : partitions) {
            var commit = commits.get(partition);
            var window =
                    commit == null
                            ? new OffsetWindow(kafka.position(partition), "")
                            : new OffsetWindow(commit.offset(), commit.metadata());
            readings.put(partition, layout.open(partition.topic(), window));
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        giveAway(partitions, HANDOVER);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            var reading = readings.remove(partition);
            if (reading != null) {
                reading.lane().giveUp();
            }
        }
        completions.forget(partitions);
    }

    /// Finishes what is in flight of all partitions, but takes no longer than the time for it, and
    /// commits it.
    void finish(Duration time) {
        giveAway(Set.copyOf(readings.keySet()), time);
    }

    /// The consumer ends. What is still in flight is done again by whoever reads it next.
    void close() {
        onPartitionsLost(Set.copyOf(readings.keySet()));
        completions.close();
    }

    private void giveAway(Collection<TopicPartition> partitions, Duration time) {
        completions.await(partitions, time);
        completions.commit(partitions, HANDOVER);
        onPartitionsLost(partitions);
    }

    /// Takes a record that was read, unless it was done already or is to be read again later.
    ///
    /// @param webhook as its key has it
    /// @param entry asked for only where it is taken
    void add(TopicPartition partition, long offset, UUID webhook, Supplier<Entry<Arrival>> entry) {
        var reading = readings.get(partition);
        if (reading == null) {
            return;
        }
        if (!reading.course().expects(offset)) {
            reading = beginAnew(partition, reading.lane(), offset);
        }
        if (reading.course().keeps(offset, webhook)) {
            reading.lane().put(entry.get());
        }
    }

    /// The log was cut or the topic made anew: what stands at an offset is another record than
    /// before, and the books of the partition begin anew. That may send something twice, where
    /// keeping them would pass over what is new.
    private Reading beginAnew(TopicPartition partition, Lane<Arrival> lane, long offset) {
        log.warn("jobs.rewound partition={} from={} to={}", partition, lane.window().end(), offset);
        var anew = layout.open(partition.topic(), new OffsetWindow(offset, ""));
        anew.lane().setPaused(lane.isPaused());
        lane.giveUp();
        readings.put(partition, anew);
        completions.forget(Set.of(partition));
        return anew;
    }

    /// Everything of the partition before the offset was added; what lies in between is no record.
    void advance(TopicPartition partition, OffsetAndMetadata next) {
        var reading = readings.get(partition);
        if (reading != null) {
            reading.lane().window().advance(next.offset());
        }
    }

    /// Turns the reading of each partition to where there is something to take, or lets it rest. To
    /// be called before a poll and no more often: each turn waits for the consumer's own thread,
    /// and by the next poll a partition that is full mostly has room again.
    void steer() {
        readings.forEach((partition, reading) -> {
            long offset = reading.course().turn();
            if (offset >= 0) {
                kafka.seek(partition, offset);
            }
            var lane = reading.lane();
            // only what was passed over makes a wide window narrower
            boolean full = lane.isFull() || (lane.isWide() && !reading.course().isBack());
            if (full != lane.isPaused()) {
                lane.setPaused(full);
                if (full) {
                    kafka.pause(List.of(partition));
                } else {
                    kafka.resume(List.of(partition));
                }
            }
        });
    }

    /// Asks for records, for at most the time.
    ///
    /// What was fetched of a partition before it was paused is kept by the consumer, and until the
    /// time is over its poll turns in circles over it (KAFKA-21084). So while one is paused the
    /// time is waited for here, or a part of it.
    ConsumerRecords<byte[], byte[]> poll(Duration time) {
        if (readings.values().stream().noneMatch(reading -> reading.lane().isPaused())) {
            return kafka.poll(time);
        }
        var records = kafka.poll(Duration.ZERO);
        if (records.isEmpty()) {
            LockSupport.parkNanos(Math.min(time.toNanos(), LONGEST_PARK));
        }
        return records;
    }

    /// Whether something is under way, or done and not committed: then a poll must be short.
    boolean isBusy() {
        if (completions.isAwaited()) {
            return true;
        }
        for (var reading : readings.values()) {
            if (reading.lane().started() > 0) {
                return true;
            }
        }
        return false;
    }

    Backlog backlog() {
        int ready = 0;
        long waiting = 0;
        long undone = 0;
        for (var entry : readings.entrySet()) {
            var lane = entry.getValue().lane();
            // while it is gone back in, the consumer's lag counts again what was read
            long unread =
                    entry.getValue().course().unread(kafka.currentLag(entry.getKey()).orElse(0));
            // what was put off is not scheduled, and not overdue
            if (!lane.bounds().mixed()) {
                ready += lane.ready();
                waiting += lane.held() - lane.ready() + unread;
            }
            if (lane.bounds().mixed() || lane.bounds().passing()) {
                undone += lane.window().span() + unread;
            }
        }
        return new Backlog(readings.size(), ready, waiting, undone);
    }
}
