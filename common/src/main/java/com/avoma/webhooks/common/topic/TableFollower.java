package com.avoma.webhooks.common.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a table in step with compacted topics: reads them from the beginning, on one thread of its
/// own, and goes on for ever. [#caughtUp] is how a reader gets a table that is not older than now.
///
/// All partitions are read by every instance, without a consumer group. While the brokers are away
/// the table stays as it is and the follower tries again every second.
public final class TableFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TableFollower.class);
    private static final Duration IDLE_POLL = Duration.ofSeconds(5);
    private static final Duration CATCHING_UP_POLL = Duration.ofMillis(50);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> kafka;
    private final List<String> topics;
    private final Consumer<ConsumerRecord<byte[], byte[]>> apply;
    private final Queue<CompletableFuture<Void>> requests = new ConcurrentLinkedQueue<>();
    private final List<Target> targets = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /// What one group of requests waits for.
    private record Target(Map<TopicPartition, Long> ends, List<CompletableFuture<Void>> requests) {}

    /// @param kafka owned by the follower from here on; reads committed records only
    /// @param apply takes each record on the follower's thread; a record that it cannot take is its
    ///   own to report, an exception stops nothing but is logged as a fault
    public TableFollower(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> kafka,
            List<String> topics,
            Consumer<ConsumerRecord<byte[], byte[]>> apply) {
        this.kafka = kafka;
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
        requests.add(request);
        kafka.wakeup();
        return request;
    }

    /// Stops the thread and closes the consumer. Requests that are open never complete.
    @Override
    public void close() {
        closed = true;
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
                    while (!closed) {
                        step();
                    }
                } catch (WakeupException e) {
                    // a request came in, or close: the loop looks at both
                } catch (KafkaException e) {
                    log.warn("table.behind topics={} fault={}", topics, e.toString());
                    pause();
                }
            }
        }
    }

    private void assign() {
        if (!kafka.assignment().isEmpty()) {
            return;
        }
        List<TopicPartition> partitions = new ArrayList<>();
        for (var topic : topics) {
            kafka.partitionsFor(topic)
                    .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        }
        kafka.assign(partitions);
        kafka.seekToBeginning(partitions);
    }

    private void step() {
        takeRequests();
        completeReached();
        for (var record : kafka.poll(targets.isEmpty() ? IDLE_POLL : CATCHING_UP_POLL)) {
            applyOne(record);
        }
    }

    private void takeRequests() {
        if (requests.isEmpty()) {
            return;
        }
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (var request = requests.poll(); request != null; request = requests.poll()) {
            taken.add(request);
        }
        try {
            targets.add(new Target(kafka.endOffsets(kafka.assignment()), taken));
        } catch (KafkaException e) {
            requests.addAll(taken);
            throw e;
        }
    }

    private void completeReached() {
        targets.removeIf(target -> {
            if (!reached(target.ends())) {
                return false;
            }
            target.requests().forEach(request -> request.complete(null));
            return true;
        });
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> kafka.position(end.getKey()) >= end.getValue());
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
