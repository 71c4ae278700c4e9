package com.avoma.webhooks.benchmark.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The floor: each record's key, value and headers to another topic, a transaction for each poll,
/// with the settings, threads and partitions of dispatcher-service. It reads nothing and decides
/// nothing.
public final class BareLoop {
    static final String FROM = "bare-from";
    static final String TO = "bare-to";
    private static final int PARTITIONS = 12;
    private static final int THREADS = 2;

    private BareLoop() {}

    public static void main(String[] words) throws Exception {
        var brokers = words[0];
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers))) {
            var topics =
                    List.of(
                            new NewTopic(FROM, PARTITIONS, (short) 1),
                            new NewTopic(TO, PARTITIONS, (short) 1));
            admin.createTopics(topics).all().get();
        }
        System.out.println("bare loop ready");
        for (int thread = 0; thread < THREADS; thread++) {
            var id = "bare-" + thread;
            Thread.ofPlatform().name(id).start(() -> loop(brokers, id));
        }
    }

    private static void loop(String brokers, String id) {
        try (var consumer =
                        new KafkaConsumer<>(
                                consumer(brokers),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                var producer =
                        new KafkaProducer<>(
                                producer(brokers, id),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            producer.initTransactions();
            consumer.subscribe(List.of(FROM));
            while (true) {
                var batch = consumer.poll(Duration.ofSeconds(1));
                if (batch.isEmpty()) {
                    continue;
                }
                producer.beginTransaction();
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                for (var record : batch) {
                    var _ =
                            producer.send(
                                    new ProducerRecord<>(
                                            TO,
                                            null,
                                            record.key(),
                                            record.value(),
                                            record.headers()));
                }
                offsets.putAll(batch.nextOffsets());
                producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                producer.commitTransaction();
            }
        }
    }

    private static Map<String, Object> consumer(String brokers) {
        return Map.of(
                "bootstrap.servers",
                brokers,
                "group.id",
                "bare",
                "group.protocol",
                "consumer",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                2_000,
                "fetch.max.bytes",
                8_388_608);
    }

    private static Map<String, Object> producer(String brokers, String id) {
        return Map.of(
                "bootstrap.servers",
                brokers,
                "transactional.id",
                id,
                "acks",
                "all",
                "linger.ms",
                5,
                "batch.size",
                131_072,
                "buffer.memory",
                20_971_520,
                "compression.type",
                "lz4");
    }
}
