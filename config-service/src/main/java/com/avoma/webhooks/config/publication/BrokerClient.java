package com.avoma.webhooks.config.publication;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/// Two questions to the brokers: are you there, and can consumers see it.
public final class BrokerClient {
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final Admin admin;
    private final Duration timeout;

    BrokerClient(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /// Completes when a broker answers, and fails when none does in time. Does not block.
    public Mono<Void> answers() {
        return Mono.fromFuture(() ->
                        admin.describeCluster(options())
                                .clusterId()
                                .toCompletionStage()
                                .toCompletableFuture())
                .then()
                .timeout(timeout);
    }

    /// Blocks until consumers that read committed records see everything before these offsets. The
    /// commit of a transaction is answered before its markers are written, so a consumer that asks
    /// for the end of the topic in between would not see it.
    ///
    /// @throws KafkaException where that takes longer than the broker timeout
    void awaitVisible(Map<TopicPartition, Long> offsets) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!visible(offsets)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("committed records do not become visible: " + offsets);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean visible(Map<TopicPartition, Long> offsets) {
        var latest =
                offsets.keySet().stream()
                        .collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
        var committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        try {
            var ends =
                    admin.listOffsets(latest, committed)
                            .all()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return offsets.entrySet().stream()
                    .allMatch(o -> requireNonNull(ends.get(o.getKey())).offset() >= o.getValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the brokers do not say what is visible", e);
        }
    }

    private DescribeClusterOptions options() {
        return new DescribeClusterOptions().timeoutMs((int) timeout.toMillis());
    }
}
