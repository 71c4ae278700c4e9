package com.avoma.webhooks.common.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the brokers where topics end, as consumers of committed records see it. At most one
/// question is under way: those who ask meanwhile share the next one. Thread-safe.
final class TopicEnds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicEnds.class);
    private static final int TIMEOUT_MS = 5_000;
    private static final Executor AFTER_A_PAUSE =
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final Admin admin;
    private Map<TopicPartition, OffsetSpec> questions = Map.of();
    private @Nullable CompletableFuture<Map<TopicPartition, Long>> next;
    private boolean asking;
    private boolean closed;

    /// @param admin closed with this
    TopicEnds(Admin admin) {
        this.admin = admin;
    }

    /// The partitions that the topics have now. Blocks for the brokers' answer, five seconds at
    /// most.
    ///
    /// @throws KafkaException where they do not answer, or do not know a topic
    List<TopicPartition> partitionsOf(Collection<String> topics) {
        var options = new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS);
        List<TopicPartition> partitions = new ArrayList<>();
        try {
            var described = admin.describeTopics(topics, options).allTopicNames().get();
            described.forEach((topic, description) ->
                    description
                            .partitions()
                            .forEach(
                                    p -> partitions.add(new TopicPartition(topic, p.partition()))));
            return partitions;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("the partitions of " + topics + ": " + e.getCause(), e);
        }
    }

    /// Says which partitions are asked for. Before that nothing is.
    synchronized void of(Collection<TopicPartition> partitions) {
        questions = partitions.stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
        askNext();
    }

    /// Completes with the ends as they are now or later. Never fails: while the brokers do not
    /// answer it asks again, every second.
    synchronized CompletionStage<Map<TopicPartition, Long>> now() {
        if (next == null) {
            next = new CompletableFuture<>();
        }
        var answer = next;
        askNext();
        return answer;
    }

    private void askNext() {
        var answer = next;
        if (answer == null || asking || closed || questions.isEmpty()) {
            return;
        }
        next = null;
        asking = true;
        ask(answer);
    }

    private void ask(CompletableFuture<Map<TopicPartition, Long>> answer) {
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(TIMEOUT_MS);
        var _ =
                admin.listOffsets(questions, options)
                        .all()
                        .toCompletionStage()
                        .whenComplete((ends, fault) -> answered(answer, ends, fault));
    }

    private void answered(
            CompletableFuture<Map<TopicPartition, Long>> answer,
            @Nullable Map<TopicPartition, ListOffsetsResultInfo> infos,
            @Nullable Throwable fault) {
        if (infos == null) {
            log.warn(
                    "table.behind: the brokers do not say where topics end: {}",
                    String.valueOf(fault));
            AFTER_A_PAUSE.execute(() -> again(answer));
            return;
        }
        var ends = new HashMap<TopicPartition, Long>();
        infos.forEach((partition, info) -> ends.put(partition, info.offset()));
        synchronized (this) {
            asking = false;
            askNext();
        }
        answer.complete(ends);
    }

    private synchronized void again(CompletableFuture<Map<TopicPartition, Long>> answer) {
        if (!closed) {
            ask(answer);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        admin.close(Duration.ZERO);
    }
}
