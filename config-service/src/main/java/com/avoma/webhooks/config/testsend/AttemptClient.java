package com.avoma.webhooks.config.testsend;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/// Reads what is written to `delivery-attempts` from a moment on. Blocks: not for an event loop.
@Component
class AttemptClient {
    private static final Logger log = LoggerFactory.getLogger(AttemptClient.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BROKERS = Duration.ofSeconds(4);

    private final ConsumerFactory<byte[], byte[]> kafka;
    private final String topic;

    AttemptClient(ConsumerFactory<byte[], byte[]> kafka, Topics topics) {
        this.kafka = kafka;
        this.topic = topics.deliveryAttempts();
    }

    /// Everything about a webhook that is written after this returned.
    ///
    /// @throws KafkaException where no broker answers within seconds
    Tail from(UUID webhook) {
        Consumer<byte[], byte[]> consumer = kafka.createConsumer(null, "config-", "test-send");
        try {
            var key = webhook.toString().getBytes(StandardCharsets.UTF_8);
            var partitions = consumer.partitionsFor(topic, BROKERS).size();
            // as producers place a key
            int number = Utils.toPositive(Utils.murmur2(key)) % partitions;
            var partition = new TopicPartition(topic, number);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            // the end is asked for here, not at the first poll
            consumer.position(partition, BROKERS);
            return new Tail(consumer);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /// One reader. Not thread-safe.
    static final class Tail implements AutoCloseable {
        private final Consumer<byte[], byte[]> consumer;

        private Tail(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        /// Waits for the record of a delivery; null where none came in time.
        @Nullable AttemptRecord await(String messageId, Duration patience) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < patience.toNanos()) {
                for (var record : consumer.poll(POLL)) {
                    var attempt = read(record);
                    if (attempt != null && attempt.messageId().equals(messageId)) {
                        return attempt;
                    }
                }
            }
            return null;
        }

        @Override
        public void close() {
            consumer.close();
        }

        private static @Nullable AttemptRecord read(ConsumerRecord<byte[], byte[]> record) {
            try {
                return record.value() == null
                        ? null
                        : Json.read(record.value(), AttemptRecord.class);
            } catch (MalformedRecordException e) {
                log.warn(
                        "attempt.unreadable partition={} offset={} fault={}",
                        record.partition(),
                        record.offset(),
                        e.getMessage());
                return null;
            }
        }
    }
}
