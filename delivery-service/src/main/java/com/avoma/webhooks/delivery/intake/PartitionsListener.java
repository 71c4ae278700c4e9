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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
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

    /// What was done since the last commit is done again after a crash.
    private static final long COMMIT_EVERY = Duration.ofMillis(50).toNanos();

    /// How far ahead a record must be due to be moved out of the way, and how many are at a time.
    private static final Duration FAR = Duration.ofSeconds(2);

    private static final int MOVED_AT_ONCE = 20;
    private static final long MOVED_EVERY = Duration.ofMillis(100).toNanos();

    private final Consumer<byte[], byte[]> kafka;
    private final Function<String, Lane.Bounds> bounds;
    private final ReadAhead readAhead;
    private final Map<TopicPartition, Lane<Arrival>> lanes = new LinkedHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final LinkedBlockingQueue<Started> completed = new LinkedBlockingQueue<>();
    private final Deque<Lane<Arrival>> turns = new ArrayDeque<>();
    private long lastCommit = System.nanoTime();
    private long lastMoved = System.nanoTime();
    private boolean uncommitted;

    /// A record that is being worked on.
    record Started(Lane<Arrival> lane, Entry<Arrival> entry, Admission admission) {}

    /// @param bounds of a topic's lanes
    PartitionsListener(
            Consumer<byte[], byte[]> kafka,
            Function<String, Lane.Bounds> bounds,
            ReadAhead readAhead) {
        this.kafka = kafka;
        this.bounds = bounds;
        this.readAhead = readAhead;
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
            lanes.put(partition, lane(partition, window));
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
            var lane = lanes.remove(partition);
            if (lane != null) {
                lane.giveUp();
            }
        }
        committed.keySet().removeAll(partitions);
    }

    private Lane<Arrival> lane(TopicPartition partition, OffsetWindow window) {
        return new Lane<>(window, bounds.apply(partition.topic()), readAhead);
    }

    Set<TopicPartition> all() {
        return Set.copyOf(lanes.keySet());
    }

    void add(TopicPartition partition, Entry<Arrival> entry) {
        var lane = lanes.get(partition);
        if (lane != null) {
            goBack(partition, lane, entry.offset()).add(entry);
        }
    }

    /// A consumer reads forward only, unless the log was cut or the topic made anew. Then what
    /// stands at an offset is another record than before, and the books of the partition begin
    /// anew: that may send something twice, where keeping them would pass over what is new.
    private Lane<Arrival> goBack(TopicPartition partition, Lane<Arrival> lane, long offset) {
        if (offset >= lane.window().end()) {
            return lane;
        }
        log.warn("jobs.rewound partition={} from={} to={}", partition, lane.window().end(), offset);
        var anew = lane(partition, new OffsetWindow(offset, ""));
        anew.setPaused(lane.isPaused());
        lane.giveUp();
        lanes.put(partition, anew);
        committed.remove(partition);
        return anew;
    }

    /// Everything of the partition before the offset was added; what lies in between is no record.
    void advance(TopicPartition partition, OffsetAndMetadata next) {
        var lane = lanes.get(partition);
        if (lane != null) {
            lane.window().advance(next.offset());
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
        for (var lane : lanes.values()) {
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
        for (var lane : lanes.values()) {
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
        for (var lane : lanes.values()) {
            var at = lane.nextAt();
            if (at != null && (first == null || at.isBefore(first))) {
                first = at;
            }
        }
        return first;
    }

    void pauseAndResume() {
        for (var entry : lanes.entrySet()) {
            var lane = entry.getValue();
            boolean full = lane.isFull();
            if (full != lane.isPaused()) {
                lane.setPaused(full);
                if (full) {
                    kafka.pause(List.of(entry.getKey()));
                } else {
                    kafka.resume(List.of(entry.getKey()));
                }
            }
        }
    }

    /// Whether something is under way, or done and not committed: then a poll must be short.
    boolean isBusy() {
        if (uncommitted) {
            return true;
        }
        for (var lane : lanes.values()) {
            if (lane.started() > 0) {
                return true;
            }
        }
        return false;
    }

    /// How many records are due and have not started.
    int ready() {
        int ready = 0;
        for (var lane : lanes.values()) {
            ready += lane.ready();
        }
        return ready;
    }

    Backlog backlog() {
        int ready = 0;
        long waiting = 0;
        for (var entry : lanes.entrySet()) {
            var lane = entry.getValue();
            // what was put off is not scheduled, and not overdue
            if (!lane.bounds().mixed()) {
                ready += lane.ready();
                waiting += lane.held() - lane.ready();
                waiting += kafka.currentLag(entry.getKey()).orElse(0);
            }
        }
        return new Backlog(lanes.size(), ready, waiting);
    }

    /// Commits what has changed, now and then, without waiting for the answer.
    void commitNowAndThen() {
        if (System.nanoTime() - lastCommit < COMMIT_EVERY) {
            return;
        }
        lastCommit = System.nanoTime();
        uncommitted = false;
        var offsets = changed(lanes.keySet());
        if (!offsets.isEmpty()) {
            kafka.commitAsync(
                    offsets,
                    (_, fault) -> {
                        if (fault != null) {
                            offsets.forEach(committed::remove);
                            log.warn("jobs.not_committed fault={}", fault.toString());
                        }
                    });
            committed.putAll(offsets);
        }
    }

    /// Commits what has changed and waits for the answer. A failure costs duplicates, no more.
    void commit(Collection<TopicPartition> partitions) {
        takeCompleted();
        var offsets = changed(partitions);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            kafka.commitSync(offsets, HANDOVER);
            committed.putAll(offsets);
        } catch (KafkaException e) {
            log.warn("jobs.not_committed fault={}", e.toString());
        }
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
        var lane = lanes.get(partition);
        return lane != null && lane.started() > 0;
    }

    private Map<TopicPartition, OffsetAndMetadata> changed(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (var partition : partitions) {
            var lane = lanes.get(partition);
            if (lane != null) {
                var window = lane.window();
                var offset = new OffsetAndMetadata(window.committable(), window.metadata());
                if (!offset.equals(committed.get(partition))) {
                    offsets.put(partition, offset);
                }
            }
        }
        return offsets;
    }
}
