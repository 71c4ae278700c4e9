package com.avoma.webhooks.delivery.metrics;

import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.delivery.isolation.Admission.Cause;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.sending.Attempt;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an operator watches. No label is of unbounded number: none names a webhook or organization.
public final class DeliveryMetrics {
    private final MeterRegistry registry;

    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        // every series is there from the start: an alert on a rate needs its zero
        for (var reason : Reason.values()) {
            registry.counter("webhooks.dead.letters", "reason", lower(reason));
        }
        for (var cause : Cause.values()) {
            registry.counter("webhooks.deferred", "reason", lower(cause));
        }
    }

    /// `webhooks_in_flight`: jobs that are being worked on.
    public void watchInFlight(Supplier<Number> count) {
        gauge("webhooks.in.flight", count);
    }

    /// `webhooks_retries_scheduled`: jobs that wait for their next attempt on this instance's
    /// partitions. `webhooks_overdue_retries`: those whose time has come and that have not started.
    public void watchRetries(Supplier<Number> scheduled, Supplier<Number> overdue) {
        gauge("webhooks.retries.scheduled", scheduled);
        gauge("webhooks.overdue.retries", overdue);
    }

    /// Counts and times one attempt.
    public void attempted(DeliveryJob job, Attempt attempt, Outcome outcome) {
        registry.counter(
                        "webhooks.attempts",
                        "outcome",
                        lower(outcome),
                        "event_type",
                        known(job.eventType()))
                .increment();
        var timings = attempt.timings();
        phase("dns", timings.dnsMs());
        phase("connect", timings.connectMs());
        phase("tls", timings.tlsMs());
        phase("first_byte", timings.firstByteMs());
        timer("total").record(attempt.took());
        if (outcome == Outcome.DELIVERED) {
            endToEnd(job, attempt.startedAt().plus(attempt.took()));
        }
    }

    public void deadLettered(Reason reason) {
        registry.counter("webhooks.dead.letters", "reason", lower(reason)).increment();
    }

    /// `webhooks_deferred_total`: a job was put off.
    public void deferred(Cause cause) {
        registry.counter("webhooks.deferred", "reason", lower(cause)).increment();
    }

    private void endToEnd(DeliveryJob job, Instant deliveredAt) {
        var took = Duration.between(job.eventTime(), deliveredAt);
        Timer.builder("webhooks.end.to.end")
                .description("From the event's own time to the receiver's 2xx")
                .tag("first_attempt", Boolean.toString(job.attempt() == 1))
                .publishPercentileHistogram()
                .register(registry)
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    private void phase(String phase, @Nullable Long millis) {
        if (millis != null) {
            timer(phase).record(Duration.ofMillis(millis));
        }
    }

    private Timer timer(String phase) {
        return Timer.builder("webhooks.attempt")
                .description("Time of an attempt by phase")
                .tag("phase", phase)
                .publishPercentileHistogram()
                .register(registry);
    }

    private void gauge(String name, Supplier<Number> value) {
        // holds the supplier: the registry's own short form forgets it at the next collection
        Gauge.builder(name, value).register(registry);
    }

    /// Event types come from headers: only those of the contract become a label.
    private static String known(String eventType) {
        return TriggerEvent.of(eventType).map(TriggerEvent::name).orElse("other");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
