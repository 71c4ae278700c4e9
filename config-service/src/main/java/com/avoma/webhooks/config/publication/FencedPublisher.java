package com.avoma.webhooks.config.publication;

import com.avoma.webhooks.common.topic.ProducerClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/// A topic, written in transactions under the installation's one transactional id for it, so that
/// of all instances only the last that opened can write. For one thread; a [LeasedLoop]'s.
public final class FencedPublisher {
    private final String topic;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final BrokerClient broker;
    private @Nullable Producer<byte[], byte[]> producer;

    public FencedPublisher(
            String topic, KafkaProperties kafka, BrokerClient broker, MeterRegistry registry) {
        this(topic, () -> new ProducerClient(settings(topic, kafka), registry), broker);
    }

    FencedPublisher(
            String topic, Supplier<Producer<byte[], byte[]>> producers, BrokerClient broker) {
        this.topic = topic;
        this.producers = producers;
        this.broker = broker;
    }

    public String topic() {
        return topic;
    }

    /// Makes this the one producer of the installation: any other is fenced off, and what it left
    /// open is aborted. Does nothing where it is open already.
    public void open() {
        if (producer == null) {
            var opened = producers.get();
            producer = opened;
            opened.initTransactions();
        }
    }

    /// Blocks until the records are on Kafka, all of them or none, and consumers see them. None are
    /// where the brokers have them too late: then the transaction is aborted. After a failure the
    /// publisher has to be closed and opened again, which settles what was unclear.
    ///
    /// @param inTime whether they may still be published; asked right before the commit
    /// @return whether they are published
    /// @throws KafkaException where they are not, or it is not known
    public boolean publish(List<ProducerRecord<byte[], byte[]>> records, BooleanSupplier inTime) {
        var open = producer;
        if (open == null) {
            throw new IllegalStateException("publish before open");
        }
        open.beginTransaction();
        List<Future<RecordMetadata>> sends = records.stream().map(open::send).toList();
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
    public void close() {
        var open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
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

    private static Map<String, Object> settings(String topic, KafkaProperties kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-publisher");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // a change is given up after seconds; so is its record
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        return settings;
    }
}
