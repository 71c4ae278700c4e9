package com.avoma.webhooks.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.TopicProvisioner;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/// What a test does with the topics: publish as the other side would, and read what is committed.
final class TopicProbe implements AutoCloseable {
    static final String SOURCE = "/tests";
    static final Instant TIME = Instant.parse("2026-11-01T10:00:00Z");

    private final String prefix = "dispatcher-" + UUID.randomUUID() + ".";
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                    Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());

    private final AtomicReference<Exception> lost = new AtomicReference<>();

    String prefix() {
        return prefix;
    }

    /// Creates the service's topics, for a test that publishes before it starts the service.
    void createTopics(int partitions) {
        var catalog = new TopicCatalog(new Topics(prefix));
        var specs = new ArrayList<>(catalog.directory());
        specs.addAll(
                List.of(
                        catalog.meetingEvents(),
                        catalog.meetingEventsDeadLetters(),
                        catalog.webhookConfig(),
                        catalog.routingDecisions(),
                        catalog.deliveryJobs()));
        try (var admin = TestBroker.admin()) {
            new TopicProvisioner(admin, partitions, -1).provision(specs);
        }
    }

    /// @param value null for a tombstone
    void put(String topic, UUID key, Object value) {
        publish(
                new ProducerRecord<>(
                        prefix + topic,
                        key.toString().getBytes(UTF_8),
                        value == null ? null : Json.write(value)));
    }

    /// Publishes an event of that body's kind.
    ///
    /// @return its id
    String publishEvent(UUID organization, UUID user, byte[] body) {
        var id = UUID.randomUUID().toString();
        publish(event(id, id, organization.toString(), user.toString(), body));
        return id;
    }

    ProducerRecord<byte[], byte[]> event(
            String id, String key, String organization, String user, byte[] body) {
        var record = new ProducerRecord<>(prefix + "meeting-events", key.getBytes(UTF_8), body);
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", id,
                        "ce_source", SOURCE,
                        "ce_type", "AINOTE",
                        "ce_time", TIME.toString(),
                        "ce_organizationid", organization,
                        "ce_userid", user)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    /// Returns once the broker has it.
    void publish(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns at once; [#flush] says whether all arrived.
    void publishLater(ProducerRecord<byte[], byte[]> record) {
        producer.send(
                record,
                (_, fault) -> {
                    if (fault != null) {
                        lost.set(fault);
                    }
                });
    }

    /// Returns once the broker has all of it.
    void flush() {
        producer.flush();
        if (lost.get() != null) {
            throw new IllegalStateException(lost.get());
        }
    }

    /// Waits for exactly so many committed records of the topic that are like that, and returns
    /// them.
    List<ConsumerRecord<byte[], byte[]>> await(
            String topic, int count, Predicate<ConsumerRecord<byte[], byte[]>> like) {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        Awaitility.await(count + " on " + topic)
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    found.clear();
                    all(topic).stream().filter(like).forEach(found::add);
                    return found.size() >= count;
                });
        if (found.size() != count) {
            throw new AssertionError(found.size() + " on " + topic + " (expected: " + count + ")");
        }
        return found;
    }

    /// Every committed record of the topic.
    List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        TestBroker.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(prefix + topic).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        producer.close();
    }
}
