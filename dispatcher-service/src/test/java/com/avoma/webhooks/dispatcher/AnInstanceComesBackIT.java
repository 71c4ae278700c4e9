package com.avoma.webhooks.dispatcher;

import static java.util.stream.Collectors.toMap;

import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.testing.TestBroker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An instance was killed in the middle of a commit, and comes back under its id.
class AnInstanceComesBackIT {
    private static final int PARTITIONS = 6;

    /// Longer than [TopicProbe#await] waits.
    private static final int TRANSACTION_TIMEOUT_MS = 120_000;

    private final TopicProbe topics = new TopicProbe();
    private final UUID organization = UUID.randomUUID();
    private DispatcherProcess process;

    @AfterEach
    void stopsTheProcess() {
        process.close();
        topics.close();
    }

    /// The brokers say where to go on only once no transaction with offsets of a partition is open.
    @ParameterizedTest
    @ValueSource(strings = {"a-0", "a-0-other", "a-1", "a-1-other"})
    void endsWhatItLeftOpenBeforeItAsksWhereToGoOn(String name) {
        topics.createTopics(PARTITIONS);
        addWebhook();
        topics.publishEvent(organization, UUID.randomUUID(), TriggerEvent.AINOTE.sample().bytes());
        try (var killed = producer(name)) {
            killed.initTransactions();
            killed.beginTransaction();
            killed.sendOffsetsToTransaction(
                    offsets(), new ConsumerGroupMetadata(topics.prefix() + "dispatcher-service"));

            process = DispatcherProcess.start("a", topics.prefix());

            topics.await("delivery-jobs", 1, _ -> true);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        return IntStream.range(0, PARTITIONS)
                .boxed()
                .collect(
                        toMap(
                                n -> new TopicPartition(topics.prefix() + "meeting-events", n),
                                _ -> new OffsetAndMetadata(1)));
    }

    private void addWebhook() {
        var webhook =
                new Subscription(
                        UUID.randomUUID(),
                        "AINOTE",
                        "https://example.com/",
                        true,
                        Set.of(),
                        List.of());
        topics.put(
                "directory.organizations",
                organization,
                new Organization(organization, "Acme", Plan.ENTERPRISE));
        topics.put(
                "webhook-config",
                organization,
                new OrganizationSnapshot(
                        organization, 1, Instant.EPOCH, List.of(), List.of(webhook)));
    }

    /// @param name of the instance, its thread and which of its two, as its transactional id has it
    private KafkaProducer<byte[], byte[]> producer(String name) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        TestBroker.bootstrapServers(),
                        "transactional.id",
                        topics.prefix() + "dispatcher-" + name,
                        "transaction.timeout.ms",
                        TRANSACTION_TIMEOUT_MS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
