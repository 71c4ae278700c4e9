package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A producer that publishes events at a steady pace until it is closed, and again and again what
/// the broker has not accepted. Each event says in its body which one it is.
final class Load implements AutoCloseable {
    private final Platform platform;
    private final ScheduledExecutorService producer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Instant> published = new ConcurrentHashMap<>();

    Load(Platform platform, int eventsASecond) {
        this.platform = platform;
        producer.scheduleAtFixedRate(
                this::publish, 0, 1_000_000 / eventsASecond, TimeUnit.MICROSECONDS);
    }

    private void publish() {
        var event = aiNotes();
        var body = "{\"event_type\":\"AINOTE\",\"subject\":\"" + event.id() + "\"}";
        var at = Instant.now();
        platform.publish(event.saying(body));
        published.put(body, at);
    }

    /// The bodies of the events that the broker has.
    Set<String> published() {
        return published.keySet();
    }

    /// From when the event was given to the producer until the delivery came.
    Duration lateness(Delivery delivery) {
        return Duration.between(published.get(delivery.text()), delivery.at());
    }

    /// Returns once the last one is published.
    @Override
    public void close() {
        producer.shutdown();
        try {
            if (!producer.awaitTermination(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the broker does not take the last event");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
