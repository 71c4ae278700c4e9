package com.avoma.webhooks.dispatcher;

import com.avoma.webhooks.common.event.TriggerEvent;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Publishes AI notes of some organizations at a steady rate, on a thread of its own, until it is
/// closed.
final class SteadyEvents implements AutoCloseable {
    private static final int PER_TICK = 10;
    private static final int TICK_MS = 20;

    private final TopicProbe topics;
    private final List<UUID> organizations;
    private final RandomGenerator random;
    private final Queue<Published> published = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    record Published(String id, UUID organization) {}

    SteadyEvents(TopicProbe topics, List<UUID> organizations, RandomGenerator random) {
        this.topics = topics;
        this.organizations = organizations;
        this.random = random;
    }

    void start() {
        var _ = clock.scheduleAtFixedRate(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (int i = 0; i < PER_TICK; i++) {
            var organization = organizations.get(random.nextInt(organizations.size()));
            var id = new UUID(random.nextLong(), random.nextLong()).toString();
            published.add(new Published(id, organization));
            topics.publishLater(
                    topics.event(
                            id,
                            id,
                            organization.toString(),
                            "somebody",
                            TriggerEvent.AINOTE.sample().bytes()));
        }
    }

    /// What was published; all of it once this is closed.
    Queue<Published> published() {
        return published;
    }

    @Override
    public void close() {
        clock.close();
        topics.flush();
    }
}
