package com.avoma.webhooks.delivery.publication;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes records until they are acknowledged by all replicas (`acks=all`, idempotent). What the
/// producer gives up is written again, every second, for as long as the service runs: a job is done
/// only when what follows from it is safe.
///
/// Called on virtual threads: the producer may block while it has no metadata or its buffer is
/// full.
public final class RecordPublisher {
    private static final Logger log = LoggerFactory.getLogger(RecordPublisher.class);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> kafka;

    public RecordPublisher(Producer<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /// Hands the record to the producer, which sends it together with others.
    public Publication publish(ProducerRecord<byte[], byte[]> record) {
        try {
            var sent = kafka.send(record);
            return () -> awaitOrRepeat(sent, record);
        } catch (KafkaException e) {
            return () -> repeatAfter(e, record);
        }
    }

    private void awaitOrRepeat(Future<RecordMetadata> sent, ProducerRecord<byte[], byte[]> record)
            throws InterruptedException {
        try {
            sent.get();
        } catch (ExecutionException e) {
            repeatAfter(e.getCause() == null ? e : e.getCause(), record);
        }
    }

    private void repeatAfter(Throwable fault, ProducerRecord<byte[], byte[]> record)
            throws InterruptedException {
        var last = fault;
        while (true) {
            log.warn("publication.repeated topic={} fault={}", record.topic(), last.toString());
            Thread.sleep(PAUSE_AFTER_FAULT);
            try {
                kafka.send(record).get();
                return;
            } catch (ExecutionException e) {
                last = e.getCause() == null ? e : e.getCause();
            } catch (KafkaException e) {
                last = e;
            }
        }
    }
}
