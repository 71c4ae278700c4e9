package com.avoma.webhooks.delivery.deadletter;

import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.delivery.metrics.DeliveryMetrics;
import com.avoma.webhooks.delivery.publication.RecordPublisher;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes what is given up to `delivery-dead-letters`: the record as it came, with the reason and
/// the last outcome in two headers more. From there config-service recovers it on request.
public final class DeadLetterPublisher {
    private final RecordPublisher publisher;
    private final String topic;
    private final DeliveryMetrics metrics;

    public DeadLetterPublisher(RecordPublisher publisher, String topic, DeliveryMetrics metrics) {
        this.publisher = publisher;
        this.topic = topic;
        this.metrics = metrics;
    }

    /// @param detail a sentence with the last outcome; never a value of the record
    public CompletableFuture<Void> publish(SourceRecord source, Reason reason, String detail) {
        var record = copy(source);
        for (var header : source.headers().get()) {
            record.headers().add(header.name(), header.value());
        }
        JobRecord.put(record.headers(), JobRecord.REASON, reason.word());
        JobRecord.put(record.headers(), JobRecord.DETAIL, detail);
        metrics.deadLettered(reason);
        return publisher.publish(record);
    }

    // Kafka takes null for both, and has no annotations that say so
    @SuppressWarnings("NullAway")
    private ProducerRecord<byte[], byte[]> copy(SourceRecord source) {
        return new ProducerRecord<>(topic, source.key(), source.value());
    }
}
