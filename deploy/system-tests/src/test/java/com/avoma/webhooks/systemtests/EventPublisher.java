package com.avoma.webhooks.systemtests;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A product service, seen from Kafka.
final class EventPublisher implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> kafka;

    EventPublisher(String bootstrapServers) {
        kafka =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /// Returns once the broker has the record.
    void publish(ProducerRecord<byte[], byte[]> record) {
        try {
            kafka.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("not published", e);
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
