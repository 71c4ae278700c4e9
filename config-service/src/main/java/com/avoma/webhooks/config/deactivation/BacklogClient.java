package com.avoma.webhooks.config.deactivation;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/// How far [StreakListener], in whichever instances, is with `delivery-attempts`. Blocks.
@Component("deactivationBacklogClient")
class BacklogClient {
    /// The consumer group, without the installation's prefix.
    static final String GROUP = "config-service-deactivation";

    private static final long TIMEOUT_SECONDS = 5;

    private final Admin admin;
    private final String topic;
    private final String group;

    BacklogClient(Admin admin, Topics topics) {
        this.admin = admin;
        this.topic = topics.deliveryAttempts();
        this.group = topics.prefix() + GROUP;
    }

    /// A place in the topic.
    ///
    /// @param offsets by partition; partitions without a record are left out
    record Mark(Map<TopicPartition, Long> offsets) {}

    /// Where the topic ends now.
    Mark end() {
        var description = await(admin.describeTopics(List.of(topic)).allTopicNames());
        var partitions =
                requireNonNull(description.get(topic)).partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        var begin = offsets(partitions, OffsetSpec.earliest());
        var end = new HashMap<>(offsets(partitions, OffsetSpec.latest()));
        // what retention took, nobody reads any more
        end.entrySet().removeIf(e -> e.getValue().equals(begin.get(e.getKey())));
        return new Mark(end);
    }

    /// Whether everything before the mark is taken into account.
    boolean passed(Mark mark) {
        var committed =
                await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return mark.offsets().entrySet().stream()
                .allMatch(end -> {
                    var at = committed.get(end.getKey());
                    return at != null && at.offset() >= end.getValue();
                });
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        var asked = partitions.stream().collect(Collectors.toMap(p -> p, _ -> which));
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        return await(admin.listOffsets(asked, options).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking the brokers", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the brokers do not say how far the attempts are read", e);
        }
    }
}
