package com.avoma.webhooks.delivery;

import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.TopicProvisioner;
import com.avoma.webhooks.common.topic.TopicSpec;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The topics and receivers around a delivery-service, and what the other services would write.
final class Installation implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String KEYSET = SecretCipher.newKeyset();

    final Topics topics = new Topics(TestTopics.prefix());
    private final SecretCipher cipher = SecretCipher.of(KEYSET);
    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> kafka;
    private final Authority authority = new Authority();
    private final List<Receiver> receivers = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    /// @param directory for the authority's certificate
    Installation(Path directory, int partitions) throws Exception {
        this(directory, partitions, TestBroker.bootstrapServers());
    }

    /// On another broker than all other tests.
    Installation(Path directory, int partitions, String bootstrapServers) throws Exception {
        this.bootstrapServers = bootstrapServers;
        this.kafka =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "acks",
                                "all",
                                "linger.ms",
                                0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        var ca = Files.writeString(directory.resolve("ca.pem"), authority.pem());
        settings.put("spring.kafka.bootstrap-servers", bootstrapServers);
        settings.put("spring.ssl.bundle.pem.receivers.truststore.certificate", "file:" + ca);
        settings.put("spring.profiles.active", "quickstart");
        settings.put("server.address", "127.0.0.1");
        settings.put("management.server.port", "0");
        settings.put("server.port", "0");
        settings.put("webhooks.topics.prefix", topics.prefix());
        settings.put("webhooks.topics.partitions", Integer.toString(partitions));
        settings.put("webhooks.secrets.keyset", KEYSET);
        var catalog = new TopicCatalog(topics);
        List<TopicSpec> specs = new ArrayList<>(catalog.waiting(List.of(Duration.ofDays(1))));
        specs.addAll(
                List.of(
                        catalog.webhookConfig(),
                        catalog.deliveryJobs(),
                        catalog.deliveryAttempts(),
                        catalog.deliveryDeadLetters()));
        try (var admin = admin()) {
            new TopicProvisioner(admin, partitions, 1).provision(specs, 30);
        }
    }

    Installation with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /// The caller closes it.
    Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers));
    }

    /// The service's command line.
    String[] arguments() {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    Receiver receiver() throws Exception {
        return keep(Receiver.start(authority.forLocalhost()));
    }

    /// A receiver on `::1` alone.
    Receiver receiverOverIpv6() throws Exception {
        return keep(Receiver.overIpv6(authority.forLocalhost()));
    }

    private Receiver keep(Receiver receiver) {
        receivers.add(receiver);
        return receiver;
    }

    /// One webhook of an organization of its own.
    record Webhook(UUID organization, UUID uuid, String url) {}

    /// Publishes an active one.
    Webhook webhook(Receiver receiver) throws Exception {
        return webhook(receiver.url("localhost"));
    }

    Webhook webhook(String url) throws Exception {
        var webhook = new Webhook(UUID.randomUUID(), UUID.randomUUID(), url);
        publish(webhook, 1, true);
        return webhook;
    }

    void publish(Webhook webhook, long revision, boolean active) throws Exception {
        publish(
                webhook,
                revision,
                List.of(
                        new Subscription(
                                webhook.uuid(),
                                "AINOTE",
                                webhook.url(),
                                active,
                                Set.of(),
                                List.of())));
    }

    void delete(Webhook webhook, long revision) throws Exception {
        publish(webhook, revision, List.of());
    }

    private void publish(Webhook webhook, long revision, List<Subscription> webhooks)
            throws Exception {
        var organization = webhook.organization();
        var secret = cipher.seal("0123456789abcdef", organization, Purpose.SIGNING_SECRET);
        var snapshot =
                new OrganizationSnapshot(
                        organization,
                        revision,
                        Instant.now(),
                        List.of(new SigningSecret(secret, null)),
                        webhooks);
        var key = organization.toString().getBytes();
        kafka.send(new ProducerRecord<>(topics.webhookConfig(), key, Json.write(snapshot))).get();
    }

    /// Publishes a job, and says its `webhook-id`.
    String publish(Webhook webhook, Origin origin) {
        return publish(webhook, origin, Payload.of("{\"event_type\":\"AINOTE\"}"));
    }

    private String publish(Webhook webhook, Origin origin, Payload body) {
        var event = UUID.randomUUID().toString();
        var job =
                new DeliveryJob(
                        MessageId.of("/test", event, webhook.uuid()),
                        webhook.organization(),
                        webhook.uuid(),
                        1,
                        event,
                        "/test",
                        "AINOTE",
                        Instant.now(),
                        "user",
                        1,
                        null,
                        origin,
                        null,
                        body);
        kafka.send(JobRecord.of(topics.deliveryJobs(), job));
        return job.messageId();
    }

    List<String> publish(Webhook webhook, int jobs) {
        return publish(webhook, jobs, Payload.of("{\"event_type\":\"AINOTE\"}"));
    }

    List<String> publish(Webhook webhook, int jobs, Payload body) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            ids.add(publish(webhook, Origin.EVENT, body));
        }
        kafka.flush();
        return ids;
    }

    /// How many records a topic has, those that compaction or transactions leave included.
    long count(String topic) {
        try (var consumer = TestBroker.consumer(List.of())) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(one -> new TopicPartition(one.topic(), one.partition()))
                            .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /// Reads a topic from its beginning until so many records have come.
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = TestBroker.consumer(List.of(topic))) {
            await().atMost(PATIENCE)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                        return records.size() >= count;
                    });
        }
        return records;
    }

    @Override
    public void close() throws Exception {
        kafka.close();
        for (var receiver : receivers) {
            receiver.close();
        }
    }
}
