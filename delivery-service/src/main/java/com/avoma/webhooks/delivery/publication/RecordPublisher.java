package com.avoma.webhooks.delivery.publication;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes records until they are acknowledged by all replicas (`acks=all`, idempotent). What the
/// producer gives up is written again, every second, for as long as the service runs: a job is done
/// only when what follows from it is safe. A producer that has failed for good is replaced.
///
/// Called on virtual threads: the producer may block while it has no metadata or its buffer is
/// full. What it returns completes on the producer's own thread, where nothing may block.
public final class RecordPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RecordPublisher.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final ExecutorService repetitions = Executors.newVirtualThreadPerTaskExecutor();
    private final Executor afterAPause =
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, repetitions);
    private volatile Producer<byte[], byte[]> kafka;
    private volatile boolean closed;

    /// @param producers makes a producer, again after one has failed for good
    public RecordPublisher(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
        this.kafka = producers.get();
    }

    /// Hands the record to the producer, which sends it together with others. Completes when it is
    /// safe, however long that takes; never fails.
    public CompletableFuture<Void> publish(ProducerRecord<byte[], byte[]> record) {
        var safe = new CompletableFuture<Void>();
        send(record, safe);
        return safe;
    }

    private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> safe) {
        var producer = kafka;
        try {
            var _ = producer.send(record, (_, fault) -> sent(producer, record, safe, fault));
        } catch (KafkaException | IllegalStateException e) {
            sent(producer, record, safe, e);
        }
    }

    private void sent(
            Producer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> record,
            CompletableFuture<Void> safe,
            @Nullable Exception fault) {
        if (fault == null) {
            safe.complete(null);
        } else if (!closed) {
            log.warn("publication.repeated topic={} fault={}", record.topic(), fault.toString());
            afterAPause.execute(() -> again(producer, record, safe, fault));
        }
    }

    private void again(
            Producer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> record,
            CompletableFuture<Void> safe,
            Exception fault) {
        if (isFatal(fault)) {
            replace(producer, fault);
        }
        send(record, safe);
    }

    /// A producer in this state sends nothing any more.
    private static boolean isFatal(Exception fault) {
        return switch (fault) {
            case ProducerFencedException _,
                    OutOfOrderSequenceException _,
                    InvalidProducerEpochException _,
                    InvalidPidMappingException _,
                    ClusterAuthorizationException _,
                    TransactionalIdAuthorizationException _,
                    UnsupportedVersionException _,
                    IllegalStateException _ ->
                    true;
            // what the client throws where an earlier fault has ended it
            default -> fault.getClass() == KafkaException.class;
        };
    }

    private synchronized void replace(Producer<byte[], byte[]> failed, Exception fault) {
        if (closed || kafka != failed) {
            return;
        }
        log.warn("publication.producer_replaced fault={}", fault.toString());
        kafka = producers.get();
        failed.close(Duration.ZERO);
    }

    /// Gives what is under way a moment, and repeats nothing any more.
    @Override
    public synchronized void close() {
        closed = true;
        repetitions.shutdownNow();
        kafka.close(LAST_WORDS);
    }
}
