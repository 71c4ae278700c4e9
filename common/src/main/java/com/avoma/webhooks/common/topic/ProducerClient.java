package com.avoma.webhooks.common.topic;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A producer of bytes that shows its own metrics (`kafka_producer_*`) for as long as it lives.
/// Spring's factories do that for the clients that they make; these are those that have to be
/// replaced, or have a transactional id of their own.
public final class ProducerClient extends KafkaProducer<byte[], byte[]> {
    private final KafkaClientMetrics metrics;

    /// @param settings of Kafka, serializers left out
    public ProducerClient(Map<String, Object> settings, MeterRegistry registry) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        metrics = new KafkaClientMetrics(this);
        metrics.bindTo(registry);
    }

    /// As [KafkaProducer#close()], too, which comes by here.
    @Override
    public void close(Duration timeout) {
        metrics.close();
        super.close(timeout);
    }
}
