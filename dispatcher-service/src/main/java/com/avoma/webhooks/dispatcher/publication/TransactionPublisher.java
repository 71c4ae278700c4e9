package com.avoma.webhooks.dispatcher.publication;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
/// Its producers take turns: a commit is acknowledged before the brokers have told all partitions
/// of it, and until then they keep the same producer's next transaction waiting, tens of
/// milliseconds at a time. That of another begins at once.
///
/// A producer that cannot go on, or whose commit has an unknown outcome, is replaced by another of
/// the same transactional id: before that one begins, the brokers have ended what the former left
/// open, one way or the other.
public final class TransactionPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TransactionPublisher.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Deque<Member> members = new ArrayDeque<>();
    private boolean open;
    private int records;
    private long bytes;

    /// One of those that take turns.
    private static final class Member {
        private final Supplier<Producer<byte[], byte[]>> producers;
        private @Nullable Producer<byte[], byte[]> producer;

        private Member(Supplier<Producer<byte[], byte[]>> producers) {
            this.producers = producers;
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
    }

    /// @param producers each makes a transactional producer, always of the same transactional id
    public TransactionPublisher(List<Supplier<Producer<byte[], byte[]>>> producers) {
        producers.forEach(one -> members.addLast(new Member(one)));
    }

    /// Makes sure that nothing is open under these transactional ids, here or at the brokers.
    ///
    /// @throws org.apache.kafka.common.KafkaException where the brokers do not answer
    public void ready() {
        members.forEach(Member::initialised);
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
        members.addLast(members.removeFirst());
    }

    /// Aborts what is open.
    public void rollBack() {
        var member = members.getFirst();
        var current = member.producer;
        if (current == null || !open) {
            return;
        }
        try {
            current.abortTransaction();
        } catch (RuntimeException e) { // fenced, or in the middle of a commit: begin anew
            log.info("producer.replaced reason={}", e.toString());
            member.producer = null;
            current.close(Duration.ZERO);
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
        var current = members.getFirst().initialised();
        if (!open) {
            // before it is: one that cannot begin is found out, and replaced, where it is rolled
            // back
            open = true;
            current.beginTransaction();
        }
        return current;
    }

    @Override
    public void close() {
        rollBack();
        for (var member : members) {
            if (member.producer != null) {
                member.producer.close(CLOSING);
            }
        }
    }
}
