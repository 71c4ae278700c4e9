package com.avoma.webhooks.dispatcher.publication;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Kafka transaction after another: records, and the offsets of what they came from, all of
/// them or none. For one thread.
///
/// A producer that cannot go on, or whose commit has an unknown outcome, is replaced by another of
/// the same transactional id: before that one begins, the brokers have ended what the former left
/// open, one way or the other.
public final class TransactionPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TransactionPublisher.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean open;
    private int records;
    private long bytes;

    /// @param producers makes a transactional producer, always of the same transactional id
    public TransactionPublisher(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /// Makes sure that nothing is open under this transactional id, here or at the brokers.
    ///
    /// @throws org.apache.kafka.common.KafkaException where the brokers do not answer
    public void ready() {
        var _ = initialised();
    }

    /// Hands a record to the producer, beginning a transaction where none is open. That it arrived
    /// is known when the transaction commits. Blocks while the producer's buffer is full.
    public void publish(ProducerRecord<byte[], byte[]> record) {
        var _ = begun().send(record);
        records++;
        bytes += (record.key() == null ? 0 : record.key().length);
        bytes += (record.value() == null ? 0 : record.value().length);
    }

    /// Records of the open transaction.
    public int records() {
        return records;
    }

    /// Bytes of keys and values of the open transaction.
    public long bytes() {
        return bytes;
    }

    /// Commits what was published together with the offsets.
    ///
    /// @throws RuntimeException where that failed or may have: [#rollBack] is next, and what is
    ///   committed has to be asked for
    public void commit(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        var current = begun();
        current.sendOffsetsToTransaction(offsets, group);
        current.commitTransaction();
        ended();
    }

    /// Aborts what is open.
    public void rollBack() {
        var current = producer;
        if (current == null || !open) {
            return;
        }
        try {
            current.abortTransaction();
        } catch (RuntimeException e) { // fenced, or in the middle of a commit: begin anew
            log.info("producer.replaced reason={}", e.toString());
            discard(current);
        }
        ended();
    }

    /// Says what went wrong where an operator has to do something about it.
    public static String explain(RuntimeException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException) {
                return fault
                        + " (another instance runs under the same webhooks.dispatcher.instance-id)";
            }
        }
        return fault.toString();
    }

    private void ended() {
        open = false;
        records = 0;
        bytes = 0;
    }

    private Producer<byte[], byte[]> begun() {
        var current = initialised();
        if (!open) {
            current.beginTransaction();
            open = true;
        }
        return current;
    }

    private Producer<byte[], byte[]> initialised() {
        var current = producer;
        if (current == null) {
            current = producers.get();
            try {
                current.initTransactions();
            } catch (RuntimeException e) {
                current.close(Duration.ZERO);
                throw e;
            }
            producer = current;
        }
        return current;
    }

    private void discard(Producer<byte[], byte[]> current) {
        producer = null;
        current.close(Duration.ZERO);
    }

    @Override
    public void close() {
        rollBack();
        if (producer != null) {
            producer.close(CLOSING);
        }
    }
}
