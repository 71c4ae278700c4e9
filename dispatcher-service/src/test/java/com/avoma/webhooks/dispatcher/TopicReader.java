package com.avoma.webhooks.dispatcher;

import com.avoma.webhooks.testing.TestBroker;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads on through a topic from its beginning and keeps only what is asked of each record.
final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<ConsumerRecord<byte[], byte[]>> take;
    private long count;

    /// @param isolation `read_committed` or `read_uncommitted`
    TopicReader(String topic, String isolation, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        this.take = take;
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                TestBroker.bootstrapServers(),
                                "isolation.level",
                                isolation,
                                "fetch.max.wait.ms",
                                20,
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        var partitions =
                consumer.partitionsFor(topic).stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// Reads what is there now.
    ///
    /// @return how many records were read since the beginning
    long read() {
        var ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (var record : consumer.poll(Duration.ofMillis(50))) {
                take.accept(record);
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
