package com.avoma.webhooks.config.topic;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads single records by their places. Blocks: not for an event loop. Thread-safe.
@Component
public class RecordClient {
    private static final Duration TIMEOUT = ReaderClient.TIMEOUT;
    private static final int FETCH = 65_536;

    /// Each reader has connections of its own.
    private final Semaphore readers = new Semaphore(4);

    private final ReaderClient reader;

    RecordClient(ReaderClient reader) {
        this.reader = reader;
    }

    /// The record at a place; null where there is none any more. Whether it is the one that was
    /// meant is for the caller to see: a topic may have been made anew.
    ///
    /// @throws KafkaException where the brokers do not say in time
    public @Nullable ConsumerRecord<byte[], byte[]> at(Position place) throws InterruptedException {
        if (!readers.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new KafkaException("too many records are being read");
        }
        try (var consumer = reader.open(1, FETCH)) {
            return find(consumer, place);
        } finally {
            readers.release();
        }
    }

    private static @Nullable ConsumerRecord<byte[], byte[]> find(
            Consumer<byte[], byte[]> consumer, Position place) {
        if (consumer.partitionsFor(place.topic(), TIMEOUT).size() <= place.partition()) {
            return null;
        }
        var partition = new TopicPartition(place.topic(), place.partition());
        consumer.assign(List.of(partition));
        var first = consumer.beginningOffsets(consumer.assignment(), TIMEOUT).get(partition);
        var end = consumer.endOffsets(consumer.assignment(), TIMEOUT).get(partition);
        if (first == null || end == null || place.offset() < first || place.offset() >= end) {
            return null;
        }
        consumer.seek(partition, place.offset());
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (consumer.position(partition) <= place.offset()) {
            for (var record : consumer.poll(Duration.ofMillis(200))) {
                return record.offset() == place.offset() ? record : null;
            }
            if (System.nanoTime() > deadline) {
                throw new KafkaException("no record comes of " + place);
            }
        }
        return null;
    }
}
