package com.avoma.webhooks.benchmark.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A member of a group that takes records and does nothing with them: `GroupMember consumer|share
/// BROKERS`. Told `drain N` on its standard input it takes N records, commits, and says `done`.
public final class GroupMember {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long COMMIT_EVERY = Duration.ofMillis(50).toNanos();

    private GroupMember() {}

    public static void main(String[] words) throws IOException {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        words[1],
                        "group.id",
                        words[0],
                        "max.poll.records",
                        100,
                        "fetch.max.bytes",
                        8_388_608);
        if (words[0].equals("share")) {
            share(settings);
        } else {
            consume(settings);
        }
    }

    private static void consume(Map<String, Object> settings) throws IOException {
        var all = new HashMap<>(settings);
        all.putAll(
                Map.of(
                        "group.protocol",
                        "consumer",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false));
        try (var kafka =
                new KafkaConsumer<>(
                        all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            kafka.subscribe(List.of(GroupsBenchmark.TOPIC));
            serve(
                    () -> {
                        var batch = kafka.poll(POLL);
                        return batch.count();
                    },
                    kafka::commitAsync,
                    kafka::commitSync);
        }
    }

    private static void share(Map<String, Object> settings) throws IOException {
        var all = new HashMap<>(settings);
        all.put("share.acknowledgement.mode", "explicit");
        try (var kafka =
                new KafkaShareConsumer<>(
                        all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            kafka.subscribe(List.of(GroupsBenchmark.TOPIC));
            serve(
                    () -> {
                        var batch = kafka.poll(POLL);
                        batch.forEach(record -> kafka.acknowledge(record, AcknowledgeType.ACCEPT));
                        return batch.count();
                    },
                    kafka::commitAsync,
                    kafka::commitSync);
        }
    }

    private static void serve(LongSupplier take, Runnable commit, Runnable commitAndWait)
            throws IOException {
        // a member gets its partitions while it polls
        var _ = take.getAsLong();
        System.out.println("member ready");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var order = orders.readLine(); order != null; order = orders.readLine()) {
            long left = Long.parseLong(order.substring("drain ".length()));
            long committed = System.nanoTime();
            while (left > 0) {
                left -= take.getAsLong();
                if (System.nanoTime() - committed > COMMIT_EVERY) {
                    commit.run();
                    committed = System.nanoTime();
                }
            }
            commitAndWait.run();
            System.out.println("answer done");
        }
    }
}
