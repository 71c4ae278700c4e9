package com.avoma.webhooks.benchmark.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// How many records a topic has had: where nothing on it is transactional, as on
/// `delivery-attempts`, that is what its offsets say.
public final class TopicProgress implements AutoCloseable {
    private final Admin admin;

    public TopicProgress(String brokers) {
        this.admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers));
    }

    public long records(String topic) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> question = new HashMap<>();
            var found = admin.describeTopics(List.of(topic)).allTopicNames().get();
            for (var description : found.values()) {
                for (var partition : description.partitions()) {
                    question.put(
                            new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
                }
            }
            return admin.listOffsets(question).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell of " + topic, e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
