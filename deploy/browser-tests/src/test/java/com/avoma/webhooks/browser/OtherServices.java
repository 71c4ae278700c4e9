package com.avoma.webhooks.browser;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Decision;
import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// dispatcher-service and delivery-service as the console sees them: what they write to their
/// topics. Jobs that the console makes come to what the receiver is said to answer.
final class OtherServices implements AutoCloseable {
    private static final String SOURCE = "/meetings";

    private final Topics topics;
    private final UUID organization;
    private final KafkaProducer<byte[], byte[]> producer = TestBroker.producer();
    private final Thread deliveries = Thread.ofPlatform().name("delivery").unstarted(this::deliver);
    private long routed;
    private volatile int status = 200;
    private volatile Instant lastFailure = Instant.EPOCH;
    private volatile boolean closed;

    OtherServices(String prefix, UUID organization) {
        this.topics = new Topics(prefix);
        this.organization = organization;
        deliveries.start();
    }

    /// Of the receiver, from now on.
    void receiverAnswers(int status) {
        this.status = status;
    }

    /// When the attempt began that failed last.
    Instant lastFailure() {
        return lastFailure;
    }

    /// Routes an event.
    void routes(UUID webhook, String event, Instant time, Reason reason) {
        boolean matched = reason == Reason.MATCHED;
        var type = reason == Reason.OTHER_TRIGGER ? "MEETING_BOOKED_VIA_SCHEDULER" : "AINOTE";
        var decision =
                new RoutingDecision(
                        organization,
                        event,
                        SOURCE,
                        type,
                        "somebody",
                        time,
                        Instant.now(),
                        1,
                        Set.of(),
                        new Position(topics.meetingEvents(), 0, routed++),
                        List.of(
                                new Decision(
                                        webhook,
                                        matched,
                                        reason,
                                        matched ? MessageId.of(SOURCE, event, webhook) : null)));
        send(topics.routingDecisions(), event, Json.write(decision));
    }

    /// Attempts a routed event once.
    void attempts(UUID webhook, String event, Instant time) {
        attempted(job(webhook, event, time, Origin.EVENT), nowhere(), Instant.now());
    }

    /// Routes an event and gives it up.
    void givesUp(UUID webhook, String event, Instant time) {
        givesUp(webhook, event, time, Instant.now());
    }

    /// @param attempted when
    void givesUp(UUID webhook, String event, Instant time, Instant attempted) {
        routes(webhook, event, time, Reason.MATCHED);
        var job = job(webhook, event, time, Origin.EVENT);
        attempted(job, nowhere(), attempted);
        var letter = JobRecord.of(topics.deliveryDeadLetters(), job);
        JobRecord.put(letter.headers(), JobRecord.REASON, "exhausted");
        producer.send(letter);
    }

    @Override
    public void close() {
        closed = true;
        try {
            deliveries.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }

    private void deliver() {
        try (var consumer = TestBroker.consumer(List.of(topics.deliveryJobs()))) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    attempted(
                            JobRecord.read(record),
                            new Position(record.topic(), record.partition(), record.offset()),
                            Instant.now());
                }
            }
        }
    }

    private void attempted(DeliveryJob job, Position place, Instant start) {
        boolean delivered = status < 300;
        if (!delivered && job.origin() != Origin.TEST) {
            lastFailure = start;
        }
        var attempt =
                new AttemptRecord(
                        job.messageId(),
                        job.organizationUuid(),
                        job.webhookUuid(),
                        job.eventId(),
                        job.eventSource(),
                        job.eventType(),
                        job.eventTime(),
                        job.attempt(),
                        start,
                        delivered ? Outcome.DELIVERED : Outcome.REFUSED,
                        status,
                        null,
                        delivered ? null : "The receiver answered " + status + ".",
                        87,
                        new Timings(3L, 12L, 31L, 40L),
                        delivered ? "ok" : "<h1>Out of order</h1>",
                        "https://example.com/hook",
                        job.origin() != Origin.EVENT,
                        job.origin() == Origin.TEST,
                        null,
                        delivered ? Verdict.DELIVERED : Verdict.DEAD_LETTERED,
                        delivered ? null : status == 410 ? "gone" : "exhausted",
                        null,
                        place);
        send(topics.deliveryAttempts(), job.webhookUuid().toString(), Json.write(attempt));
    }

    private DeliveryJob job(UUID webhook, String event, Instant time, Origin origin) {
        return new DeliveryJob(
                MessageId.of(SOURCE, event, webhook),
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
                origin,
                null,
                Payload.of("{\"event_type\":\"AINOTE\",\"uuid\":\"" + event + "\"}"));
    }

    private Position nowhere() {
        return new Position(topics.deliveryJobs(), 0, 0);
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }
}
