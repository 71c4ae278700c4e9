package com.avoma.webhooks.benchmark.dispatch;

import com.avoma.webhooks.benchmark.load.EventRecord;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.common.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Organizations and their events, with bodies of 2 KiB: an event matches every webhook of its
/// organization.
///
/// @param webhooks of each organization
record DispatchLoad(String brokers, Topics topics, int organizations, int webhooks) {
    private static final int BODY = 2048;

    void publishOrganizations() {
        try (var producer = Drain.producer(brokers)) {
            for (int i = 0; i < organizations; i++) {
                var uuid = organization(i);
                send(
                        producer,
                        topics.organizations(),
                        uuid,
                        new Organization(uuid, "Acme", Plan.ENTERPRISE));
                send(
                        producer,
                        topics.webhookConfig(),
                        uuid,
                        new OrganizationSnapshot(uuid, 1, Instant.EPOCH, List.of(), webhooks(i)));
            }
        }
    }

    private UUID organization(int number) {
        return Uuids.of(1, number, webhooks - 1);
    }

    private List<Subscription> webhooks(int organization) {
        List<Subscription> all = new ArrayList<>();
        for (int i = 0; i < webhooks; i++) {
            all.add(
                    new Subscription(
                            Uuids.of(4 + webhooks, organization, i),
                            EventRecord.TYPE.name(),
                            "https://example.com/",
                            true,
                            Set.of(),
                            List.of()));
        }
        return all;
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, UUID key, Object value) {
        var _ = producer.send(new ProducerRecord<>(topic, utf8(key.toString()), Json.write(value)));
    }

    /// Publishes events of all organizations as quickly as it can.
    void publishEvents(String topic, int events) {
        try (var producer = Drain.producer(brokers)) {
            var random = new SplittableRandom(7);
            for (int i = 0; i < events; i++) {
                var record =
                        EventRecord.of(
                                topic,
                                organization(random.nextInt(organizations)),
                                new UUID(System.nanoTime(), i),
                                i,
                                "2026-11-01T10:00:00.123Z",
                                body(i));
                var _ = producer.send(record);
            }
        }
    }

    /// The sample and a field more, which makes it as long as it shall be.
    private static byte[] body(int number) {
        var sample = EventRecord.TYPE.sample().text();
        var body = new StringBuilder(sample);
        body.setLength(body.length() - 1);
        body.append(",\"number\":").append(number).append(",\"notes\":[");
        for (int i = 0; body.length() < BODY - 100; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"speaker\":\"Ada ")
                    .append(number * 31 + i)
                    .append("\",\"text\":\"They agreed on a date\"}");
        }
        body.append("],\"rest\":\"");
        body.append("x".repeat(Math.max(0, BODY - body.length() - 2))).append("\"}");
        return utf8(body.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
