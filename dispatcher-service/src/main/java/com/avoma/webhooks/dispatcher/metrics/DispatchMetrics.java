package com.avoma.webhooks.dispatcher.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Counts what dispatch does. A batch that is rolled back and comes again is counted again.
@Component
public class DispatchMetrics {
    private final Counter routed;
    private final Counter unmatched;
    private final Counter deadLettered;
    private final Counter jobs;
    private final Counter inexactNumbers;

    DispatchMetrics(MeterRegistry registry) {
        routed = events(registry, "routed");
        unmatched = events(registry, "unmatched");
        deadLettered = events(registry, "dead_lettered");
        jobs = registry.counter("webhooks.jobs");
        inexactNumbers = registry.counter("webhooks.events.inexact.numbers");
    }

    /// An event that became so many jobs.
    public void dispatched(int jobsOfEvent) {
        if (jobsOfEvent == 0) {
            unmatched.increment();
        } else {
            routed.increment();
            jobs.increment(jobsOfEvent);
        }
    }

    public void deadLettered() {
        deadLettered.increment();
    }

    /// Numbers of a body that JavaScript cannot represent and that were changed to what it makes of
    /// them.
    public void inexactNumbers(int count) {
        inexactNumbers.increment(count);
    }

    private static Counter events(MeterRegistry registry, String outcome) {
        return Counter.builder("webhooks.events").tag("outcome", outcome).register(registry);
    }
}
