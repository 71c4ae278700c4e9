package com.avoma.webhooks.benchmark.dispatch;

import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
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
    private static final String TYPE = TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER.name();

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
                            TYPE,
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
                var id = new UUID(System.nanoTime(), i).toString();
                var record = new ProducerRecord<>(topic, utf8(id), body(i));
                var headers = record.headers();
                headers.add("ce_specversion", utf8("1.0"));
                headers.add("ce_id", utf8(id));
                headers.add("ce_source", utf8("/meetings"));
                headers.add("ce_type", utf8(TYPE));
                headers.add("ce_time", utf8("2026-11-01T10:00:00.123Z"));
                headers.add(
                        "ce_organizationid",
                        utf8(organization(random.nextInt(organizations)).toString()));
                headers.add("ce_userid", utf8(new UUID(3, i % 100).toString()));
                headers.add("content-type", utf8("application/json"));
                var _ = producer.send(record);
            }
        }
    }

    /// The sample and a field more, which makes it as long as it shall be.
    private static byte[] body(int number) {
        var sample = TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER.sample().text();
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
