package com.avoma.webhooks.config.replay;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Reads single records by their places. Blocks: not for an event loop. Thread-safe.
@Component
public class RecordClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /// Each reader has connections of its own.
    private final Semaphore readers = new Semaphore(4);

    private final KafkaProperties kafka;

    RecordClient(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /// The record at a place; null where there is none any more. That it is the one that was meant
    /// is for the caller to see: a topic may have been made anew.
    ///
    /// @throws KafkaException where the brokers do not say in time
    public @Nullable ConsumerRecord<byte[], byte[]> at(Position place) throws InterruptedException {
        if (!readers.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new KafkaException("too many records are being read");
        }
        try (var consumer = open()) {
            return find(consumer, place);
        } finally {
            readers.release();
        }
    }

    private static @Nullable ConsumerRecord<byte[], byte[]> find(
            Consumer<byte[], byte[]> consumer, Position place) {
        var partition = new TopicPartition(place.topic(), place.partition());
        var partitions = consumer.partitionsFor(place.topic(), TIMEOUT);
        if (partitions == null || partitions.size() <= place.partition()) {
            return null;
        }
        consumer.assign(List.of(partition));
        var first = consumer.beginningOffsets(List.of(partition), TIMEOUT).get(partition);
        var end = consumer.endOffsets(List.of(partition), TIMEOUT).get(partition);
        if (first == null || end == null || place.offset() < first || place.offset() >= end) {
            return null;
        }
        consumer.seek(partition, place.offset());
        long start = System.nanoTime();
        while (consumer.position(partition, TIMEOUT) <= place.offset()) {
            for (var record : consumer.poll(Duration.ofMillis(200))) {
                return record.offset() == place.offset() ? record : null;
            }
            if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                throw new KafkaException("no record comes of " + place);
            }
        }
        return null;
    }

    private Consumer<byte[], byte[]> open() {
        var settings = kafka.buildConsumerProperties();
        settings.put("group.protocol", "classic");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("max.poll.records", 1);
        // one record is wanted, and a large one is given although it is larger than this
        settings.put("max.partition.fetch.bytes", 65_536);
        settings.put("default.api.timeout.ms", (int) TIMEOUT.toMillis());
        settings.put("request.timeout.ms", 2_000);
        return new KafkaConsumer<>(settings);
    }
}
