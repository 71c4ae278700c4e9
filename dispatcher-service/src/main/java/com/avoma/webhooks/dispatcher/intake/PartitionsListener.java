package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.dispatcher.metrics.Tally;
import com.avoma.webhooks.dispatcher.publication.TransactionPublisher;
import com.avoma.webhooks.dispatcher.topic.TableClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread's share of the partitions. Each batch becomes one Kafka transaction, or several where
/// its jobs are many: jobs, decisions, dead letters and the offsets of the events that they came
/// from, all of it or nothing. Next: [DispatchPublisher].
///
/// After a fault it asks the brokers what is committed and goes on from there, for a commit that
/// timed out may have happened; it tries for ever, a little later each time, and skips nothing. No
/// transaction spans two polls, and the group moves partitions in polls only, so what is open is
/// always of partitions that are this thread's own; should the group think otherwise, the brokers
/// refuse the commit. Why not Spring's container: decision 8.
final class PartitionsListener implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PartitionsListener.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long LAG_EVERY = Duration.ofSeconds(1).toNanos();
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final TransactionPublisher transaction;
    private final TableClient tables;
    private final DispatchPublisher dispatch;
    private final Limits limits;
    private final Tally tally = new Tally();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /// Where each partition of the batch that failed begins; empty: none did.
    private Map<TopicPartition, Long> failed = Map.of();

    private long pauseMs = FIRST_PAUSE_MS;
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile long lag;
    private long lagMeasured = System.nanoTime() - LAG_EVERY;

    /// After how much a transaction is committed before its batch ends.
    record Limits(int records, long bytes) {}

    /// @param consumers makes a consumer that has subscribed, again after one has failed
    PartitionsListener(
            Supplier<Consumer<byte[], byte[]>> consumers,
            TransactionPublisher transaction,
            TableClient tables,
            DispatchPublisher dispatch,
            Limits limits) {
        this.consumers = consumers;
        this.transaction = transaction;
        this.tables = tables;
        this.dispatch = dispatch;
        this.limits = limits;
    }

    @Override
    public void run() {
        try (transaction) {
            while (!stopped.isDone()) {
                try (var consumer = consumers.get()) {
                    current = consumer;
                    failed = Map.of();
                    consume(consumer);
                } catch (WakeupException e) {
                    // stopping
                } catch (RuntimeException e) { // the consumer's own: it may not recover
                    recover(e);
                }
            }
        }
    }

    /// From any thread: ends the run after the transaction that is open.
    void stop() {
        stopped.complete(null);
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    /// Events of this thread's partitions that were not taken yet.
    long lag() {
        return lag;
    }

    /// First it ends what an instance of its name left open: until then the brokers do not say
    /// where to go on.
    private void consume(Consumer<byte[], byte[]> consumer) {
        transaction.ready();
        while (!stopped.isDone()) {
            rewind(consumer);
            var batch = consumer.poll(POLL);
            measureLag(consumer);
            try {
                take(batch, consumer);
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                recover(e);
            }
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> batch, Consumer<byte[], byte[]> consumer) {
        if (batch.isEmpty()) {
            return;
        }
        failed = beginnings(batch);
        // a change that was acknowledged before an event was published is in the table from here on
        if (!tables.catchUp(stopped)) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        for (var partition : batch.partitions()) {
            for (var record : batch.records(partition)) {
                dispatch.publish(record, transaction, tally);
                if (isFull()) {
                    done.put(partition, behind(record));
                    commit(done, consumer);
                    if (stopped.isDone()) {
                        return;
                    }
                }
            }
            done.put(partition, batch.nextOffsets().get(partition));
        }
        commit(done, consumer);
        failed = Map.of();
        pauseMs = FIRST_PAUSE_MS;
    }

    private boolean isFull() {
        return transaction.records() >= limits.records() || transaction.bytes() >= limits.bytes();
    }

    private void commit(
            Map<TopicPartition, OffsetAndMetadata> done, Consumer<byte[], byte[]> consumer) {
        transaction.commit(Map.copyOf(done), consumer.groupMetadata());
        done.clear();
        dispatch.committed(tally);
    }

    private void recover(RuntimeException fault) {
        log.warn(
                "intake.rolled_back pause_ms={} fault={}",
                pauseMs,
                TransactionPublisher.explain(fault));
        transaction.rollBack();
        tally.clear();
        try {
            stopped.get(pauseMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        } catch (InterruptedException | ExecutionException e) {
            stopped.complete(null);
        }
    }

    /// Back to what is committed, where the batch before failed. The brokers answer only once no
    /// transaction with offsets of these partitions is open.
    private void rewind(Consumer<byte[], byte[]> consumer) {
        if (failed.isEmpty()) {
            return;
        }
        transaction.ready();
        var own = new HashMap<>(failed);
        own.keySet().retainAll(consumer.assignment());
        var committed = consumer.committed(own.keySet());
        own.forEach((partition, first) -> {
            var offset = committed.get(partition);
            if (offset == null) {
                consumer.seek(partition, first);
            } else {
                consumer.seek(partition, offset);
            }
        });
        failed = Map.of();
    }

    /// Now and then: each partition is a question to the consumer's own thread.
    private void measureLag(Consumer<byte[], byte[]> consumer) {
        if (System.nanoTime() - lagMeasured < LAG_EVERY) {
            return;
        }
        lagMeasured = System.nanoTime();
        long sum = 0;
        for (var partition : consumer.assignment()) {
            sum += consumer.currentLag(partition).orElse(0);
        }
        lag = sum;
    }

    private static Map<TopicPartition, Long> beginnings(ConsumerRecords<byte[], byte[]> batch) {
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        for (var partition : batch.partitions()) {
            beginnings.put(partition, batch.records(partition).getFirst().offset());
        }
        return beginnings;
    }

    private static OffsetAndMetadata behind(ConsumerRecord<byte[], byte[]> record) {
        return new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), "");
    }
}
