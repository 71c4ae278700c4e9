package com.avoma.webhooks.benchmark.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes while the process is halted, so that a backlog is there, lets it go on, waits until as
/// many records more are on another topic, and takes the process's CPU time between.
record Drain(String brokers, Admin admin) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MS = 20;

    Drain(String brokers) {
        this(brokers, Admin.create(Map.<String, Object>of("bootstrap.servers", brokers)));
    }

    /// @param events that were drained
    record Figure(int events, Duration cpu, Duration wall) {
        double perCpuSecond() {
            return events / (cpu.toNanos() / 1e9);
        }

        @Override
        public String toString() {
            return "%,.0f/CPU s (%,.0f/s)"
                    .formatted(perCpuSecond(), events / (wall.toNanos() / 1e9));
        }
    }

    Figure of(Child process, int events, Runnable publish, String to)
            throws InterruptedException, ExecutionException {
        // transaction markers take offsets too, so the end is a lower bound and the rest is awaited
        long before = records(to);
        var cpu = process.cpuTime();
        process.halted(publish);
        long begun = System.nanoTime();
        long deadline = begun + LIMIT.toNanos();
        while (records(to) < before + events) {
            if (System.nanoTime() > deadline || !process.process().isAlive()) {
                throw new IllegalStateException("not drained, see " + process.log());
            }
            Thread.sleep(POLL_MS);
        }
        awaitIdle(process);
        return new Figure(
                events, process.cpuTime().minus(cpu), Duration.ofNanos(System.nanoTime() - begun));
    }

    /// The last batches: until the process uses next to nothing.
    private static void awaitIdle(Child process) throws InterruptedException {
        Duration last;
        do {
            last = process.cpuTime();
            Thread.sleep(200);
        } while (process.cpuTime().minus(last).toMillis() > 20);
    }

    private long records(String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        for (var described : admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
            for (var partition : described.partitions()) {
                question.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            }
        }
        return admin.listOffsets(question).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    static KafkaProducer<byte[], byte[]> producer(String brokers) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "linger.ms",
                        20,
                        "batch.size",
                        131_072,
                        "compression.type",
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void close() {
        admin.close();
    }
}
