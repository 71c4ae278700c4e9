package com.avoma.webhooks.delivery;

import com.avoma.webhooks.common.topic.TopicProvisioner;
import com.avoma.webhooks.common.topic.TopicSpec;
import com.avoma.webhooks.common.topic.UnsafeTopicException;
import com.avoma.webhooks.delivery.endpoint.EndpointListener;
import com.avoma.webhooks.delivery.intake.JobListener;
import com.avoma.webhooks.delivery.pipeline.DeliveryPipeline;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/// Starts the parts in their order, on a thread of its own so that the health endpoint answers
/// meanwhile: the topics, then the table of endpoints, then the listeners. While the brokers are
/// away it tries again and says so; a topic that would lose data ends the process. Stops them the
/// other way round.
///
/// As a health indicator it is up when the listeners run and the table can be brought up to date
/// now, which also shows that the brokers answer. An instance without partitions is ready too:
/// there may be more instances than partitions.
final class DeliveryLifecycle implements SmartLifecycle, HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(DeliveryLifecycle.class);
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final Provisioning provisioning;
    private final EndpointListener endpoints;
    private final List<JobListener> listeners;
    private final DeliveryPipeline pipeline;
    private final ConfigurableApplicationContext context;
    private final Thread starter = Thread.ofPlatform().name("start-up").unstarted(this::startParts);
    private volatile boolean running;
    private volatile boolean listening;

    /// The topics that have to be there first.
    record Provisioning(TopicProvisioner provisioner, List<TopicSpec> topics) {}

    DeliveryLifecycle(
            Provisioning provisioning,
            EndpointListener endpoints,
            List<JobListener> listeners,
            DeliveryPipeline pipeline,
            ConfigurableApplicationContext context) {
        this.provisioning = provisioning;
        this.endpoints = endpoints;
        this.listeners = List.copyOf(listeners);
        this.pipeline = pipeline;
        this.context = context;
    }

    @Override
    public void start() {
        running = true;
        starter.start();
    }

    private void startParts() {
        try {
            provisioning.provisioner().provision(provisioning.topics(), Integer.MAX_VALUE);
            endpoints.start();
            endpoints.awaitCaughtUp();
            listeners.forEach(JobListener::start);
            listening = true;
            log.info("delivery.started");
        } catch (InterruptedException _) {
            log.info("delivery.stopped before it had started");
        } catch (UnsafeTopicException e) {
            log.error("delivery.refused: {}", e.getMessage());
            Thread.ofPlatform().start(() -> System.exit(SpringApplication.exit(context, () -> 1)));
        }
    }

    @Override
    public void stop() {
        listening = false;
        starter.interrupt();
        var closing = listeners.stream().map(one -> Thread.ofPlatform().start(one::close)).toList();
        try {
            starter.join();
            for (var thread : closing) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        pipeline.close();
        endpoints.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Health health() {
        if (!listening) {
            return Health.down().withDetail("state", "starting").build();
        }
        if (!listeners.stream().allMatch(JobListener::isAlive)) {
            return Health.down().withDetail("state", "a listener has ended").build();
        }
        int partitions = listeners.stream().mapToInt(one -> one.backlog().partitions()).sum();
        try {
            boolean current = endpoints.caughtUpWithin(PROBE);
            return (current ? Health.up() : Health.down())
                    .withDetail("configuration", current ? "current" : "behind")
                    .withDetail("partitions", partitions)
                    .build();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Health.down().build();
        }
    }
}
