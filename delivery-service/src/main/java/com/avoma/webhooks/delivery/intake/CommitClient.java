package com.avoma.webhooks.delivery.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a consumer has committed of its partitions, as far as it has changed. A commit that fails
/// costs duplicates after a crash, no more. Not thread-safe.
final class CommitClient {
    private static final Logger log = LoggerFactory.getLogger(CommitClient.class);

    /// What was done since the last commit is done again after a crash.
    private static final long EVERY = Duration.ofMillis(20).toNanos();

    private final Consumer<byte[], byte[]> kafka;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private long last = System.nanoTime();

    /// Takes a truth value.
    interface BooleanConsumer {
        void accept(boolean value);
    }

    CommitClient(Consumer<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /// Whether it is time to commit again, from which on it counts as done.
    ///
    /// @param now whether that shall be sooner than now and then
    boolean isTime(boolean now) {
        long nanos = System.nanoTime();
        if (!now && nanos - last < EVERY) {
            return false;
        }
        last = nanos;
        return true;
    }

    /// Commits without waiting for the answer.
    ///
    /// @param held told once, on the thread that polls, whether the brokers have it; at once where
    ///   there is nothing to commit
    void commit(Map<TopicPartition, OffsetWindow> windows, BooleanConsumer held) {
        var offsets = changed(windows);
        if (offsets.isEmpty()) {
            held.accept(true);
            return;
        }
        committed.putAll(offsets);
        kafka.commitAsync(
                offsets,
                (_, fault) -> {
                    if (fault != null) {
                        offsets.forEach(committed::remove);
                        log.warn("jobs.not_committed fault={}", fault.toString());
                    }
                    held.accept(fault == null);
                });
    }

    /// Commits and waits for the answer.
    void commit(Map<TopicPartition, OffsetWindow> windows, Duration patience) {
        var offsets = changed(windows);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            kafka.commitSync(offsets, patience);
            committed.putAll(offsets);
        } catch (KafkaException e) {
            log.warn("jobs.not_committed fault={}", e.toString());
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        committed.keySet().removeAll(partitions);
    }

    private Map<TopicPartition, OffsetAndMetadata> changed(
            Map<TopicPartition, OffsetWindow> windows) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        windows.forEach((partition, window) -> {
            var offset = new OffsetAndMetadata(window.committable(), window.metadata());
            if (!offset.equals(committed.get(partition))) {
                offsets.put(partition, offset);
            }
        });
        return offsets;
    }
}
