package com.avoma.webhooks.config;

import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// What the other services have left on Kafka of an organization's deliveries. The attempts and the
/// letters are on topics of their own and come in any order, so each method returns once the log
/// has taken them all.
final class PastDeliveries {
    static final String SOURCE = "/meetings";

    private final String prefix;
    private final Topics topics;
    private final UUID organization;
    private final UUID webhook;

    PastDeliveries(String prefix, UUID organization, UUID webhook) {
        this.prefix = prefix;
        this.topics = new Topics(prefix);
        this.organization = organization;
        this.webhook = webhook;
    }

    String id(String event) {
        return MessageId.of(SOURCE, event, webhook);
    }

    static String body(String event) {
        return "{\"event_type\":\"AINOTE\",\"uuid\":\"" + event + "\"}";
    }

    /// Given up after its last attempt.
    void died(String event, Instant time) {
        died(List.of(event), time);
    }

    void died(List<String> events, Instant time) {
        try (var producer = TestBroker.producer()) {
            for (var event : events) {
                var job = job(event, time);
                var letter = JobRecord.of(topics.deliveryDeadLetters(), job);
                JobRecord.put(letter.headers(), JobRecord.REASON, "exhausted");
                attempted(producer, job, nowhere(), Outcome.REFUSED, 503);
                producer.send(letter);
            }
        }
        new LogTopics(prefix).awaitRead();
    }

    /// Given up, and its dead letter is gone.
    void diedLongAgo(String event, Instant time) {
        try (var producer = TestBroker.producer()) {
            attempted(producer, job(event, time), nowhere(), Outcome.REFUSED, 503);
        }
        new LogTopics(prefix).awaitRead();
    }

    void wasDelivered(String event, Instant time) {
        try (var producer = TestBroker.producer()) {
            attempted(producer, job(event, time), nowhere(), Outcome.DELIVERED, 200);
        }
        new LogTopics(prefix).awaitRead();
    }

    /// An event as product services publish it, in binary mode.
    static void published(
            String prefix, UUID organization, String event, Instant time, String user) {
        published(prefix, organization, event, time, user, "AINOTE");
    }

    static void published(
            String prefix,
            UUID organization,
            String event,
            Instant time,
            String user,
            String type) {
        var record =
                new ProducerRecord<byte[], byte[]>(
                        new Topics(prefix).meetingEvents(),
                        event.getBytes(StandardCharsets.UTF_8),
                        "{ \"event_type\": \"%s\", \"uuid\": \"%s\" }"
                                .formatted(type, event)
                                .getBytes(StandardCharsets.UTF_8));
        JobRecord.put(record.headers(), "ce_specversion", "1.0");
        JobRecord.put(record.headers(), "ce_id", event);
        JobRecord.put(record.headers(), "ce_source", SOURCE);
        JobRecord.put(record.headers(), "ce_type", type);
        JobRecord.put(record.headers(), "ce_time", time.toString());
        JobRecord.put(record.headers(), "ce_organizationid", organization.toString());
        JobRecord.put(record.headers(), "ce_userid", user);
        try (var producer = TestBroker.producer()) {
            producer.send(record);
        }
    }

    /// The statuses in the delivery log, of one webhook.
    static List<String> logged(TestDatabase database, UUID webhook) {
        try {
            return DatabaseDump.texts(
                    database,
                    "select status from deliveries where webhook_uuid = '" + webhook + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// How many records a reader of the jobs sees.
    List<DeliveryJob> jobs() {
        List<DeliveryJob> jobs = new ArrayList<>();
        try (var consumer = TestBroker.consumer(List.of(new Topics(prefix).deliveryJobs()))) {
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(java.time.Duration.ofMillis(100))) {
                    var job = JobRecord.read(record);
                    if (job.webhookUuid().equals(webhook)) {
                        jobs.add(job);
                    }
                }
            }
        }
        return jobs;
    }

    private DeliveryJob job(String event, Instant time) {
        return new DeliveryJob(
                id(event),
                organization,
                webhook,
                1,
                event,
                SOURCE,
                "AINOTE",
                time,
                "somebody",
                6,
                null,
                Origin.EVENT,
                null,
                Payload.of(body(event)));
    }

    private void attempted(
            KafkaProducer<byte[], byte[]> producer,
            DeliveryJob job,
            Position place,
            Outcome outcome,
            @Nullable Integer status) {
        var attempt =
                SimulatedDelivery.attempt(
                        job, place, outcome, status, null, "The receiver answered " + status + ".");
        var key = webhook.toString().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topics.deliveryAttempts(), key, Json.write(attempt)));
    }

    private Position nowhere() {
        return new Position(topics.deliveryJobs(), 0, 0);
    }
}
