package com.avoma.webhooks.common.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a table in step with compacted topics: reads them from the beginning, on one thread of its
/// own, and goes on for ever. [#caughtUp] is how a reader gets a table that is not older than now.
///
/// All partitions are read by every instance, without a consumer group. Those that are added to a
/// topic meanwhile are found within [#BETWEEN_LOOKS], and from then on are part of what is caught
/// up with. While the brokers are away the table stays as it is, and the follower tries again every
/// second.
public final class TableFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TableFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    /// How often it is looked for partitions that were added.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> kafka;
    private final TopicEnds ends;
    private final List<String> topics;
    private final Consumer<ConsumerRecord<byte[], byte[]>> apply;
    private final Map<TopicPartition, Long> applied = new ConcurrentHashMap<>();
    private final List<Target> targets = new ArrayList<>();
    private final Thread thread;
    private volatile Map<String, Long> lag = Map.of();
    private long looked;
    private volatile boolean closed;

    /// What a request waits for.
    private record Target(Map<TopicPartition, Long> ends, CompletableFuture<Void> request) {}

    /// @param kafka reads committed records only; owned by the follower from here on
    /// @param admin asked where the topics end, on connections of its own: a broker answers one
    ///   connection's requests in order, so the consumer's would wait behind its long poll
    /// @param apply takes each record on the follower's thread; a record that it cannot take is its
    ///   own to report, an exception stops nothing but is logged as a fault
    public TableFollower(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> kafka,
            Admin admin,
            List<String> topics,
            Consumer<ConsumerRecord<byte[], byte[]>> apply) {
        this.kafka = kafka;
        this.ends = new TopicEnds(admin);
        this.topics = List.copyOf(topics);
        this.apply = apply;
        this.thread =
                Thread.ofPlatform()
                        .name("table-follower-" + topics.getFirst())
                        .unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Completes once the table holds everything that was on the topics when this was called. Never
    /// fails; while the brokers are away it does not complete. Callers bound their wait.
    public CompletableFuture<Void> caughtUp() {
        var request = new CompletableFuture<Void>();
        ends.now()
                .thenAccept(now -> {
                    synchronized (targets) {
                        targets.add(new Target(now, request));
                    }
                    completeReached();
                });
        return request;
    }

    /// Records of a topic that are not in the table yet.
    public long lag(String topic) {
        return lag.getOrDefault(topic, 0L);
    }

    /// Stops the thread and closes the consumer. Requests that are open never complete.
    @Override
    public void close() {
        closed = true;
        ends.close();
        kafka.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (kafka) {
            while (!closed) {
                try {
                    assign();
                    step();
                } catch (WakeupException e) {
                    // only close wakes it up
                } catch (KafkaException e) {
                    log.warn("table.behind topics={} fault={}", topics, e.toString());
                    pause();
                } catch (RuntimeException e) {
                    log.error("table.behind topics={}", topics, e);
                    pause();
                }
            }
        }
    }

    private void assign() {
        var held = Set.copyOf(kafka.assignment());
        if (!held.isEmpty() && System.nanoTime() - looked < BETWEEN_LOOKS.toNanos()) {
            return;
        }
        looked = System.nanoTime();
        // a broker that is behind may leave some out: what was found once stays
        var added = new HashSet<>(ends.partitionsOf(topics));
        added.removeAll(held);
        if (added.isEmpty()) {
            return;
        }
        var all = new HashSet<>(held);
        all.addAll(added);
        kafka.assign(all); // keeps the positions of those that it had
        kafka.seekToBeginning(added);
        ends.of(all);
        if (!held.isEmpty()) {
            log.info("table.partitions_added partitions={}", added);
        }
    }

    private void step() {
        for (var record : kafka.poll(POLL)) {
            applyOne(record);
        }
        Map<String, Long> behind = new HashMap<>();
        for (var partition : kafka.assignment()) {
            applied.put(partition, kafka.position(partition));
            behind.merge(partition.topic(), kafka.currentLag(partition).orElse(0), Long::sum);
        }
        lag = behind;
        completeReached();
    }

    private void completeReached() {
        List<Target> reached = new ArrayList<>();
        synchronized (targets) {
            targets.removeIf(target -> isReached(target.ends()) && reached.add(target));
        }
        reached.forEach(target -> target.request().complete(null));
    }

    private boolean isReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> applied.getOrDefault(end.getKey(), -1L) >= end.getValue());
    }

    private void applyOne(ConsumerRecord<byte[], byte[]> record) {
        try {
            apply.accept(record);
        } catch (RuntimeException e) {
            log.error(
                    "table.fault topic={} partition={} offset={}: the record was passed over",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAULT);
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
