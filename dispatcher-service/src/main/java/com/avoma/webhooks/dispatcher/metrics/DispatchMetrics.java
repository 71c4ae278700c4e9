package com.avoma.webhooks.dispatcher.metrics;

import com.avoma.webhooks.common.event.TriggerEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/// Counts what dispatch has committed: each event once, whatever was rolled back in between.
@Component
public class DispatchMetrics {
    private final MeterRegistry registry;
    private final Counter routed;
    private final Counter unmatched;
    private final Counter deadLettered;
    private final Counter jobs;
    private final Counter inexactNumbers;
    private final Counter unchecked;
    private final Timer propagation;
    private final InstantSource clock;
    private final Instant begun;

    DispatchMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        begun = clock.instant();
        propagation =
                Timer.builder("webhooks.config.propagation")
                        .description("From an organization's snapshot to its being in force here")
                        .publishPercentileHistogram()
                        .register(registry);
        routed = events(registry, "routed");
        unmatched = events(registry, "unmatched");
        deadLettered = events(registry, "dead_lettered");
        jobs = registry.counter("webhooks.jobs");
        inexactNumbers = registry.counter("webhooks.events.inexact.numbers");
        unchecked = registry.counter("webhooks.events.schema.unchecked");
        for (var type : TriggerEvent.values()) {
            var _ = violationsOf(registry, type);
        }
    }

    /// Adds what a transaction did, once it is committed.
    public void add(Tally tally) {
        routed.increment(tally.routed);
        unmatched.increment(tally.unmatched);
        deadLettered.increment(tally.deadLettered);
        jobs.increment(tally.jobs);
        inexactNumbers.increment(tally.inexactNumbers);
        unchecked.increment(tally.unchecked);
        tally.violations.forEach((type, count) -> violationsOf(registry, type).increment(count));
    }

    /// Notes that a snapshot came to hold here.
    ///
    /// @param publishedAt by config-service's clock; one from before this instance began is part of
    ///   its load and is not counted
    public void propagated(Instant publishedAt) {
        if (!publishedAt.isBefore(begun)) {
            var took = Duration.between(publishedAt, clock.instant());
            propagation.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    /// Shows how many records of a topic this instance has still to take.
    ///
    /// @param topic without the installation's prefix
    public void lagOf(String topic, LongSupplier records) {
        Gauge.builder("webhooks.consumer.lag", records, LongSupplier::getAsLong)
                .tag("topic", topic)
                .strongReference(true)
                .register(registry);
    }

    private static Counter violationsOf(MeterRegistry registry, TriggerEvent type) {
        return Counter.builder("webhooks.events.schema.violations")
                .tag("event_type", type.name())
                .register(registry);
    }

    private static Counter events(MeterRegistry registry, String outcome) {
        return Counter.builder("webhooks.events").tag("outcome", outcome).register(registry);
    }
}
