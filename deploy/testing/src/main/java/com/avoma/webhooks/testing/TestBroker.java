package com.avoma.webhooks.testing;

import com.avoma.webhooks.embedded.BrokerSettings;
import com.avoma.webhooks.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.testcontainers.kafka.KafkaContainer;

/// One real Kafka broker for all tests of this JVM, started by its first use. Topics are never
/// created by mere use; take a prefix of your own from [TestTopics].
public final class TestBroker {
    /// The version of the clients on the class path.
    static final String IMAGE = "apache/kafka:4.2.2";

    private TestBroker() {}

    /// `host:port` for a client's `bootstrap.servers`.
    public static String bootstrapServers() {
        return Started.BOOTSTRAP_SERVERS;
    }

    /// To create and describe topics with; the caller closes it.
    public static Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()));
    }

    /// An idempotent producer that sends at once; the caller closes it.
    public static KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", bootstrapServers(),
                        "acks", "all",
                        "linger.ms", 0,
                        "delivery.timeout.ms", 30_000,
                        "request.timeout.ms", 10_000,
                        "max.block.ms", 30_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// A reader without a group that sees every committed record of these topics from their
    /// beginning; the caller closes it.
    ///
    /// @throws IllegalArgumentException if one of the topics does not exist
    public static KafkaConsumer<byte[], byte[]> consumer(List<String> topics) {
        KafkaConsumer<byte[], byte[]> consumer = open(Map.of());
        try {
            List<TopicPartition> partitions =
                    topics.stream().flatMap(topic -> partitions(consumer, topic).stream()).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /// A member of a group (KIP-848) that starts at the beginning and commits only by itself; the
    /// caller closes it.
    public static KafkaConsumer<byte[], byte[]> consumer(String groupId, List<String> topics) {
        KafkaConsumer<byte[], byte[]> consumer =
                open(Map.of("group.id", groupId, "group.protocol", "consumer"));
        consumer.subscribe(topics);
        return consumer;
    }

    private static KafkaConsumer<byte[], byte[]> open(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("isolation.level", "read_committed");
        settings.put("fetch.max.wait.ms", 50);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic, Duration.ofSeconds(10)).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("topic: " + topic + " (expected: one that exists)");
        }
        return partitions;
    }

    /// Starts a broker of the given kind that ends with the JVM.
    static String start(TestParts parts) {
        return switch (parts) {
            case EMBEDDED -> {
                EmbeddedBroker broker = EmbeddedBroker.start(TestDirectory.of("kafka"), 0);
                AtExit.close(broker);
                yield broker.bootstrapServers();
            }
            case CONTAINERS -> {
                KafkaContainer container = new KafkaContainer(IMAGE);
                BrokerSettings.noticedByClients()
                        .forEach((key, value) -> container.withEnv(variable(key), value));
                container.start();
                AtExit.close(container);
                yield container.getBootstrapServers();
            }
        };
    }

    /// The image takes `broker.session.timeout.ms` as `KAFKA_BROKER_SESSION_TIMEOUT_MS`.
    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static final class Started {
        static final String BOOTSTRAP_SERVERS = start(TestParts.chosen());
    }
}
