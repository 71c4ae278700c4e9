package com.avoma.webhooks.config;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// delivery-service's side of the topics: takes each job and writes down what a test says it came
/// to.
final class SimulatedDelivery implements AutoCloseable {
    private final Topics topics;
    private final BiFunction<DeliveryJob, Position, @Nullable AttemptRecord> answer;
    private final List<DeliveryJob> jobs = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("delivery").unstarted(this::run);
    private volatile boolean closed;

    /// @param answer null: the job is never heard of again
    SimulatedDelivery(
            String prefix, BiFunction<DeliveryJob, Position, @Nullable AttemptRecord> answer) {
        this.topics = new Topics(prefix);
        this.answer = answer;
        thread.start();
    }

    /// One whose receivers take everything.
    static SimulatedDelivery delivers(String prefix) {
        return new SimulatedDelivery(
                prefix, (job, at) -> attempt(job, at, Outcome.DELIVERED, 200, null, null));
    }

    /// Those that came so far, in no order across webhooks.
    List<DeliveryJob> jobs() {
        return List.copyOf(jobs);
    }

    List<DeliveryJob> jobs(TestOrganization organization) {
        return jobs.stream().filter(j -> j.organizationUuid().equals(organization.uuid())).toList();
    }

    /// An attempt as delivery-service records it.
    static AttemptRecord attempt(
            DeliveryJob job,
            Position at,
            @Nullable Outcome outcome,
            @Nullable Integer status,
            @Nullable Failure failure,
            @Nullable String detail) {
        boolean delivered = outcome == Outcome.DELIVERED;
        return new AttemptRecord(
                job.messageId(),
                job.organizationUuid(),
                job.webhookUuid(),
                job.eventId(),
                job.eventSource(),
                job.eventType(),
                job.eventTime(),
                outcome == null ? 0 : job.attempt(),
                Instant.now(),
                outcome,
                status,
                failure,
                detail,
                87,
                outcome == null ? null : new Timings(3L, 12L, 31L, 40L),
                delivered ? "ok" : null,
                "https://example.com/",
                job.origin() != DeliveryJob.Origin.EVENT,
                job.origin() == DeliveryJob.Origin.TEST,
                null,
                delivered ? Verdict.DELIVERED : Verdict.DEAD_LETTERED,
                delivered ? null : "exhausted",
                null,
                at);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (var consumer = TestBroker.consumer(List.of(topics.deliveryJobs()));
                var producer = TestBroker.producer()) {
            while (!closed) {
                for (var record : consumer.poll(Duration.ofMillis(50))) {
                    var attempt = take(record);
                    if (attempt != null) {
                        var key = attempt.webhookUuid().toString().getBytes(StandardCharsets.UTF_8);
                        producer.send(
                                new ProducerRecord<>(
                                        topics.deliveryAttempts(), key, Json.write(attempt)));
                    }
                }
            }
        }
    }

    private @Nullable AttemptRecord take(ConsumerRecord<byte[], byte[]> record) {
        var job = JobRecord.read(record);
        jobs.add(job);
        return answer.apply(job, new Position(record.topic(), record.partition(), record.offset()));
    }
}
