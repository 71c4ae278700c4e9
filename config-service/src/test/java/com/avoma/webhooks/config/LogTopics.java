package com.avoma.webhooks.config;

import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;

/// Writes what dispatcher-service and delivery-service would.
record LogTopics(String prefix) {
    ProducerRecord<byte[], byte[]> of(RoutingDecision decision) {
        return record("routing-decisions", decision.eventId(), Json.write(decision));
    }

    ProducerRecord<byte[], byte[]> of(AttemptRecord attempt) {
        return record("delivery-attempts", attempt.webhookUuid().toString(), Json.write(attempt));
    }

    ProducerRecord<byte[], byte[]> dead(DeliveryJob job, Instant at) {
        var letter = JobRecord.of(prefix + "delivery-dead-letters", job);
        return new ProducerRecord<>(
                letter.topic(),
                null,
                at.toEpochMilli(),
                letter.key(),
                letter.value(),
                letter.headers());
    }

    List<ProducerRecord<byte[], byte[]>> of(LogScenario scenario) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        scenario.decisions.forEach(decision -> records.add(of(decision)));
        scenario.attempts.forEach(attempt -> records.add(of(attempt)));
        scenario.letters.forEach(letter -> records.add(dead(letter.job(), letter.at())));
        return records;
    }

    /// Of the topics that only the other services make.
    void make(String... names) {
        try (var admin = TestBroker.admin()) {
            for (var name : names) {
                try {
                    admin.createTopics(List.of(new NewTopic(prefix + name, 3, (short) 1)))
                            .all()
                            .get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException(e);
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    List<RecordMetadata> publish(List<ProducerRecord<byte[], byte[]>> records) {
        try (var producer = TestBroker.producer()) {
            var sent = records.stream().map(producer::send).toList();
            List<RecordMetadata> places = new ArrayList<>();
            for (var one : sent) {
                places.add(one.get());
            }
            return places;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Until the log has taken everything that is on its topics.
    void awaitRead() {
        var group = prefix + "config-service-log";
        try (var admin = TestBroker.admin();
                var consumer =
                        TestBroker.consumer(
                                List.of(
                                        prefix + "delivery-attempts",
                                        prefix + "routing-decisions",
                                        prefix + "delivery-dead-letters"))) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> {
                        var committed =
                                admin.listConsumerGroupOffsets(group)
                                        .partitionsToOffsetAndMetadata()
                                        .get();
                        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                                .allMatch(end ->
                                        end.getValue() == 0
                                                || committed.get(end.getKey()) != null
                                                        && committed.get(end.getKey()).offset()
                                                                >= end.getValue());
                    });
        }
    }

    ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(prefix + topic, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
