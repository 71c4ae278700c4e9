package com.avoma.webhooks.config.publication;

import com.avoma.webhooks.config.publication.OutboxRepository.Entry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// `webhook-config`, written in transactions. For one thread; [SnapshotPublisher]'s.
public final class SnapshotTopicPublisher {
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String topic;
    private final BrokerClient broker;
    private @Nullable Producer<byte[], byte[]> producer;

    /// @param producers each with the installation's one transactional id
    SnapshotTopicPublisher(
            Supplier<Producer<byte[], byte[]>> producers, String topic, BrokerClient broker) {
        this.producers = producers;
        this.topic = topic;
        this.broker = broker;
    }

    /// Makes this the one producer of the installation: any other is fenced off, and what it left
    /// open is aborted. Does nothing where it is open already.
    void open() {
        if (producer == null) {
            var opened = producers.get();
            producer = opened;
            opened.initTransactions();
        }
    }

    /// Blocks until the snapshots are on Kafka, all of them or none, and consumers see them. None
    /// are where the brokers have them too late: then the transaction is aborted. After a failure
    /// the publisher has to be closed and opened again, which settles what was unclear.
    ///
    /// @param inTime whether they may still be published; asked right before the commit
    /// @return whether they are published
    /// @throws KafkaException where they are not, or it is not known
    boolean publish(List<Entry> entries, BooleanSupplier inTime) {
        var open = producer;
        if (open == null) {
            throw new IllegalStateException("publish before open");
        }
        open.beginTransaction();
        List<Future<RecordMetadata>> sends = entries.stream().map(e -> send(open, e)).toList();
        open.flush();
        if (!inTime.getAsBoolean()) {
            open.abortTransaction();
            return false;
        }
        open.commitTransaction();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (var sent : sends) {
            var at = metadata(sent);
            ends.merge(new TopicPartition(at.topic(), at.partition()), at.offset() + 1, Math::max);
        }
        broker.awaitVisible(ends);
        return true;
    }

    /// Closes without waiting for anything.
    void close() {
        var open = producer;
        producer = null;
        if (open != null) {
            open.close(java.time.Duration.ZERO);
        }
    }

    private Future<RecordMetadata> send(Producer<byte[], byte[]> open, Entry entry) {
        var key = entry.organization().toString().getBytes(StandardCharsets.UTF_8);
        return open.send(new ProducerRecord<>(topic, key, entry.snapshot()));
    }

    /// Of a send that the commit has already waited for.
    private static RecordMetadata metadata(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing", e);
        } catch (ExecutionException e) {
            throw new KafkaException("a send failed", e.getCause());
        }
    }
}
