package com.avoma.webhooks.delivery.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// What is done of a consumer's partitions, on its way into a commit. A record counts as under way
/// until the brokers have the commit: a crash would repeat it, and no more than may be under way is
/// ever repeated. Only [#add] may be called by other threads than the one that polls.
final class Completions {
    private final CommitClient commits;
    private final Map<TopicPartition, Reading> readings;
    private final int many;
    private final LinkedBlockingQueue<Started> done = new LinkedBlockingQueue<>();
    private final Set<List<Started>> committing =
            Collections.newSetFromMap(new IdentityHashMap<>());
    private List<Started> uncommitted = new ArrayList<>();
    private volatile boolean closed;

    /// @param readings of all partitions that the consumer has, as they come and go
    /// @param many so many that are done are worth a commit of their own: the places that they keep
    ///   are wanted
    Completions(Consumer<byte[], byte[]> kafka, Map<TopicPartition, Reading> readings, int many) {
        this.commits = new CommitClient(kafka);
        this.readings = readings;
        this.many = many;
    }

    /// A record is done. Its partition may have been given away meanwhile; then it is nobody's
    /// business any more.
    void add(Started started) {
        done.add(started);
        if (closed) {
            endWhatIsDone();
        }
    }

    /// Takes note of what was done by other threads.
    void take() {
        for (var next = done.poll(); next != null; next = done.poll()) {
            take(next);
        }
    }

    private void take(Started started) {
        started.lane().done(started.entry().offset());
        uncommitted.add(started);
    }

    /// Whether something is done and the brokers have not said that they have the commit.
    boolean isAwaited() {
        return !uncommitted.isEmpty() || !committing.isEmpty();
    }

    /// Commits what has changed, now and then or when it has become much, without waiting for the
    /// answer.
    void commitNowAndThen() {
        boolean now = uncommitted.size() >= many && committing.isEmpty();
        if (!commits.isTime(now)) {
            return;
        }
        var batch = uncommitted;
        uncommitted = new ArrayList<>();
        committing.add(batch);
        commits.commit(windows(readings.keySet()), held -> committed(batch, held));
    }

    /// @param held whether the brokers have it; where not it goes into the next one
    private void committed(List<Started> batch, boolean held) {
        if (!committing.remove(batch)) {
            return;
        }
        if (held) {
            end(batch);
        } else {
            uncommitted.addAll(batch);
        }
    }

    /// Commits what has changed of partitions that are given away, and waits for the answer.
    void commit(Collection<TopicPartition> partitions, Duration patience) {
        take();
        commits.commit(windows(partitions), patience);
    }

    /// What others read from here on is committed by them.
    void forget(Collection<TopicPartition> partitions) {
        commits.forget(partitions);
    }

    /// Waits until nothing of the partitions is in flight, but not for longer than the time.
    void await(Collection<TopicPartition> partitions, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        take();
        while (partitions.stream().anyMatch(this::hasStarted)) {
            try {
                var next = done.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return;
                }
                take(next);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// The consumer ends: what is done later is not committed any more.
    void close() {
        closed = true;
        endWhatIsDone();
        committing.forEach(Completions::end);
        committing.clear();
        end(uncommitted);
        uncommitted = new ArrayList<>();
    }

    private void endWhatIsDone() {
        for (var next = done.poll(); next != null; next = done.poll()) {
            next.end(System.nanoTime());
        }
    }

    private static void end(List<Started> batch) {
        long now = System.nanoTime();
        for (var started : batch) {
            started.end(now);
        }
    }

    private boolean hasStarted(TopicPartition partition) {
        var reading = readings.get(partition);
        return reading != null && reading.lane().started() > 0;
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
}
