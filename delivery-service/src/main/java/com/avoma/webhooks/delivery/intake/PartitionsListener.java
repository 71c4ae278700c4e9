package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.intake.Lane.Admitted;
import com.avoma.webhooks.delivery.intake.Lane.Judge;
import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The partitions that one consumer has, each with its [Lane]: opened where the last commit left
/// off, committed now and then, and given away as finished as they can be within a moment. Only
/// [#completed] may be called by other threads than the one that polls.
final class PartitionsListener implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(PartitionsListener.class);
    private static final Duration HANDOVER = Duration.ofSeconds(3);

    /// How far ahead a record must be due to be moved out of the way, and how many are at a time.
    private static final Duration FAR = Duration.ofSeconds(2);

    private static final int MOVED_AT_ONCE = 20;
    private static final long MOVED_EVERY = Duration.ofMillis(100).toNanos();

    private final Consumer<byte[], byte[]> kafka;
    private final Layout layout;
    private final CommitClient commits;
    private final Map<TopicPartition, Reading> readings = new LinkedHashMap<>();
    private final LinkedBlockingQueue<Started> completed = new LinkedBlockingQueue<>();
    private final Deque<Lane<Arrival>> turns = new ArrayDeque<>();
    private long lastMoved = System.nanoTime();
    private boolean uncommitted;

    /// A record that is being worked on.
    record Started(Lane<Arrival> lane, Entry<Arrival> entry, Admission admission) {}

    /// What the lanes are made with.
    ///
    /// @param bounds by topic
    /// @param movable how many of a webhook's jobs may wait, see [Course]
    record Layout(
            Function<String, Lane.Bounds> bounds,
            ReadAhead readAhead,
            ToIntFunction<UUID> movable) {
        Reading open(String topic, OffsetWindow window) {
            var lane = new Lane<Arrival>(window, bounds.apply(topic), readAhead);
            return new Reading(lane, new Course(lane, movable));
        }
    }

    /// A partition as it is read.
    private record Reading(Lane<Arrival> lane, Course course) {}

    PartitionsListener(Consumer<byte[], byte[]> kafka, Layout layout) {
        this.kafka = kafka;
        this.layout = layout;
        this.commits = new CommitClient(kafka);
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
        awaitCompleted(partitions, HANDOVER);
        commit(partitions);
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            var reading = readings.remove(partition);
            if (reading != null) {
                reading.lane().giveUp();
            }
        }
        commits.forget(partitions);
    }

    Set<TopicPartition> all() {
        return Set.copyOf(readings.keySet());
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
        commits.forget(Set.of(partition));
        return anew;
    }

    /// Everything of the partition before the offset was added; what lies in between is no record.
    void advance(TopicPartition partition, OffsetAndMetadata next) {
        var reading = readings.get(partition);
        if (reading != null) {
            reading.lane().window().advance(next.offset());
        }
    }

    /// A record is done. Its partition may have been given away meanwhile; then this is ignored.
    void completed(Started started) {
        completed.add(started);
    }

    void takeCompleted() {
        for (var next = completed.poll(); next != null; next = completed.poll()) {
            next.lane().done(next.entry().offset());
            uncommitted = true;
        }
    }

    /// Begins a pass over the partitions: what is due may start.
    void beginPass(Instant now) {
        turns.clear();
        for (var reading : readings.values()) {
            var lane = reading.lane();
            lane.beginPass(now);
            if (lane.ready() > 0) {
                turns.addLast(lane);
            }
        }
    }

    /// The next record of this pass that starts or is put off, the partitions taking turns; null
    /// where the pass is over.
    @Nullable Started next(Judge<Arrival> judge) {
        for (var lane = turns.pollFirst(); lane != null; lane = turns.pollFirst()) {
            Admitted<Arrival> admitted = lane.next(judge);
            if (admitted != null) {
                turns.addLast(lane);
                return new Started(lane, admitted.entry(), admitted.admission());
            }
        }
        return null;
    }

    /// Takes out of the full lanes some of what is far from due, so that what is due earlier can be
    /// read. The jobs are to be written anew.
    List<Started> moveOutOfTheWay(Instant now, IntFunction<Admission> errand) {
        if (System.nanoTime() - lastMoved < MOVED_EVERY) {
            return List.of();
        }
        lastMoved = System.nanoTime();
        List<Started> moved = new ArrayList<>();
        for (var reading : readings.values()) {
            var lane = reading.lane();
            for (int i = 0; i < MOVED_AT_ONCE && lane.bounds().mixed() && lane.isFull(); i++) {
                var latest = lane.removeLatest(now.plus(FAR), errand);
                if (latest == null) {
                    break;
                }
                moved.add(new Started(lane, latest.entry(), latest.admission()));
            }
        }
        return moved;
    }

    /// When the first record that is not due yet will be; null where there is none.
    @Nullable Instant nextAt() {
        Instant first = null;
        for (var reading : readings.values()) {
            var at = reading.lane().nextAt();
            if (at != null && (first == null || at.isBefore(first))) {
                first = at;
            }
        }
        return first;
    }

    /// Turns the reading of each partition to where there is something to take, or lets it rest.
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

    /// Whether something is under way, or done and not committed: then a poll must be short.
    boolean isBusy() {
        if (uncommitted) {
            return true;
        }
        for (var reading : readings.values()) {
            if (reading.lane().started() > 0) {
                return true;
            }
        }
        return false;
    }

    /// How many records are due and have not started.
    int ready() {
        int ready = 0;
        for (var reading : readings.values()) {
            ready += reading.lane().ready();
        }
        return ready;
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

    /// Commits what has changed, now and then, without waiting for the answer.
    void commitNowAndThen() {
        if (commits.isTime()) {
            uncommitted = false;
            commits.commit(windows(readings.keySet()));
        }
    }

    /// Commits what has changed and waits for the answer.
    void commit(Collection<TopicPartition> partitions) {
        takeCompleted();
        commits.commit(windows(partitions), HANDOVER);
    }

    private Map<TopicPartition, OffsetWindow> windows(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetWindow> windows = new HashMap<>();
        for (var partition : partitions) {
            var reading = readings.get(partition);
            if (reading != null) {
                windows.put(partition, reading.lane().window());
            }
        }
        return windows;
    }

    /// Waits until nothing of the partitions is in flight, but not for longer than the time.
    void awaitCompleted(Collection<TopicPartition> partitions, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        takeCompleted();
        while (partitions.stream().anyMatch(this::hasStarted)) {
            try {
                var next = completed.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return;
                }
                next.lane().done(next.entry().offset());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean hasStarted(TopicPartition partition) {
        var reading = readings.get(partition);
        return reading != null && reading.lane().started() > 0;
    }
}
