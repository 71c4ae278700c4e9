package com.avoma.webhooks.common.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics that are missing and refuses those that would lose data.
public final class TopicProvisioner {
    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int LOOKS = 50;

    private final Admin admin;
    private final int partitions;
    private final short replicationFactor;

    /// @param partitions of a topic that is created
    /// @param replicationFactor of a topic that is created; -1: the broker's default
    public TopicProvisioner(Admin admin, int partitions, int replicationFactor) {
        this.admin = admin;
        this.partitions = partitions;
        this.replicationFactor = (short) replicationFactor;
    }

    /// Blocks until every topic exists with safe settings.
    ///
    /// @throws UnsafeTopicException where one that exists would lose data
    /// @throws KafkaException where the brokers do not answer
    public void provision(Collection<TopicSpec> specs) {
        create(specs);
        var resources =
                specs.stream()
                        .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                        .toList();
        var configs = configs(resources);
        for (var spec : specs) {
            var config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name()));
            if (config != null) {
                fault(spec, config).ifPresent(fault -> refuse(spec, fault));
            }
        }
    }

    /// The same, trying again every second while the brokers do not answer.
    ///
    /// @param tries after which it gives up
    /// @throws KafkaException where the brokers did not answer the last try either
    public void provision(Collection<TopicSpec> specs, int tries) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                provision(specs);
                return;
            } catch (KafkaException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (attempt == tries) {
                    throw e;
                }
                log.warn("topics.waiting try={} fault={}", attempt, e.toString());
                Thread.sleep(PAUSE);
            }
        }
    }

    /// The broker that answers may hear of a new topic a moment later than the one that made it.
    private Map<ConfigResource, Config> configs(List<ConfigResource> topics) {
        for (int attempt = 1; ; attempt++) {
            try {
                return await(admin.describeConfigs(topics).all());
            } catch (UnknownTopicOrPartitionException e) {
                if (attempt == LOOKS) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private void create(Collection<TopicSpec> specs) {
        var existing = await(admin.listTopics().names());
        List<NewTopic> missing = new ArrayList<>();
        for (var spec : specs) {
            if (!existing.contains(spec.name())) {
                missing.add(
                        new NewTopic(spec.name(), partitions, replicationFactor)
                                .configs(spec.settings()));
            }
        }
        admin.createTopics(missing).values().forEach(this::awaitCreation);
    }

    private void awaitCreation(String topic, KafkaFuture<Void> creation) {
        try {
            await(creation);
            log.info("topic.created topic={} partitions={}", topic, partitions);
        } catch (TopicExistsException e) {
            log.debug("another instance created topic {} first", topic, e);
        }
    }

    /// What would lose data, or empty.
    private static Optional<String> fault(TopicSpec spec, Config config) {
        var cleanup = config.get("cleanup.policy").value();
        if (spec.compacted()) {
            return cleanup.equals("compact")
                    ? Optional.empty()
                    : Optional.of("cleanup.policy: " + cleanup + " (expected: compact)");
        }
        if (!cleanup.equals("delete")) {
            return Optional.of("cleanup.policy: " + cleanup + " (expected: delete)");
        }
        var bytes = config.get("retention.bytes").value();
        if (!bytes.equals("-1")) {
            return Optional.of("retention.bytes: " + bytes + " (expected: -1, no limit)");
        }
        long retention = Long.parseLong(config.get("retention.ms").value());
        if (retention >= 0 && retention < spec.retention().toMillis()) {
            return Optional.of(
                    "retention.ms: %d (expected: at least %d, which is %s)"
                            .formatted(retention, spec.retention().toMillis(), spec.retention()));
        }
        return Optional.empty();
    }

    private static void refuse(TopicSpec spec, String fault) {
        throw new UnsafeTopicException("topic " + spec.name() + " would lose data: " + fault);
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        }
    }
}
