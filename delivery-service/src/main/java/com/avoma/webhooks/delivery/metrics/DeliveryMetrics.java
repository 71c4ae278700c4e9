package com.avoma.webhooks.delivery.metrics;

import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.delivery.isolation.Admission.Cause;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.sending.Attempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an operator watches. No label is of unbounded number: none names a webhook or organization.
///
/// Every series is there from the start, because an alert on a rate needs its zero; and so that an
/// attempt finds its meters without asking the registry for them.
public final class DeliveryMetrics {
    private static final String OTHER = "other";
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final Duration LATEST_FIRST = Duration.ofHours(1);
    private static final Duration SOONEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LATEST_RETRY = Duration.ofDays(3);

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Instant begun;
    private final Timer propagation;
    private final Map<Outcome, Map<String, Counter>> attempts = new EnumMap<>(Outcome.class);
    private final Map<Reason, Counter> deadLetters = new EnumMap<>(Reason.class);
    private final Map<Cause, Counter> deferrals = new EnumMap<>(Cause.class);
    private final Phases phases;
    private final Timer firstAttempts;
    private final Timer laterAttempts;

    private record Phases(Timer dns, Timer connect, Timer tls, Timer firstByte, Timer total) {}

    public DeliveryMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.begun = clock.instant();
        this.propagation =
                Timer.builder("webhooks.config.propagation")
                        .description("From an organization's snapshot to its being in force here")
                        .publishPercentileHistogram()
                        .register(registry);
        for (var reason : Reason.values()) {
            deadLetters.put(
                    reason, registry.counter("webhooks.dead.letters", "reason", lower(reason)));
        }
        for (var outcome : Outcome.values()) {
            attempts.put(outcome, attempts(outcome));
        }
        phases =
                new Phases(
                        phase("dns"),
                        phase("connect"),
                        phase("tls"),
                        phase("first_byte"),
                        phase("total"));
        firstAttempts = endToEnd(true);
        laterAttempts = endToEnd(false);
        for (var cause : Cause.values()) {
            deferrals.put(cause, registry.counter("webhooks.deferred", "reason", lower(cause)));
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

    /// `webhooks_consumer_lag`: records of a topic that this instance has still to take.
    ///
    /// @param topic without the installation's prefix
    public void watchLag(String topic, Supplier<Number> records) {
        Gauge.builder("webhooks.consumer.lag", records).tag("topic", topic).register(registry);
    }

    /// `webhooks_config_propagation_seconds`: a snapshot came to hold here.
    ///
    /// @param publishedAt by config-service's clock; one from before this instance began is part of
    ///   its load and is not counted
    public void propagated(Instant publishedAt) {
        if (!publishedAt.isBefore(begun)) {
            var took = Duration.between(publishedAt, clock.instant());
            propagation.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    /// Counts and times one attempt.
    public void attempted(DeliveryJob job, Attempt attempt, Outcome outcome) {
        var byType = Objects.requireNonNull(attempts.get(outcome));
        var counter = byType.get(job.eventType());
        // event types come from headers: only those of the contract have a label of their own
        (counter != null ? counter : Objects.requireNonNull(byType.get(OTHER))).increment();
        var timings = attempt.timings();
        record(phases.dns(), timings.dnsMs());
        record(phases.connect(), timings.connectMs());
        record(phases.tls(), timings.tlsMs());
        record(phases.firstByte(), timings.firstByteMs());
        phases.total().record(attempt.took());
        if (outcome == Outcome.DELIVERED) {
            endToEnd(job, attempt.startedAt().plus(attempt.took()));
        }
    }

    public void deadLettered(Reason reason) {
        Objects.requireNonNull(deadLetters.get(reason)).increment();
    }

    /// `webhooks_deferred_total`: a job was put off.
    public void deferred(Cause cause) {
        Objects.requireNonNull(deferrals.get(cause)).increment();
    }

    private void endToEnd(DeliveryJob job, Instant deliveredAt) {
        var took = Duration.between(job.eventTime(), deliveredAt);
        (job.attempt() == 1 ? firstAttempts : laterAttempts)
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    private static void record(Timer phase, @Nullable Long millis) {
        if (millis != null) {
            phase.record(millis, TimeUnit.MILLISECONDS);
        }
    }

    private Map<String, Counter> attempts(Outcome outcome) {
        Map<String, Counter> byType = new HashMap<>();
        for (var type : TriggerEvent.values()) {
            byType.put(type.name(), attempts(outcome, type.name()));
        }
        byType.put(OTHER, attempts(outcome, OTHER));
        return byType;
    }

    private Counter attempts(Outcome outcome, String eventType) {
        return registry.counter(
                "webhooks.attempts", "outcome", lower(outcome), "event_type", eventType);
    }

    private Timer endToEnd(boolean firstAttempt) {
        return Timer.builder("webhooks.end.to.end")
                .description("From the event's own time to the receiver's 2xx")
                .tag("first_attempt", Boolean.toString(firstAttempt))
                .publishPercentileHistogram()
                .minimumExpectedValue(firstAttempt ? Duration.ofMillis(1) : SOONEST_RETRY)
                .maximumExpectedValue(firstAttempt ? LATEST_FIRST : LATEST_RETRY)
                // what is later than this is late: the objective that the alerts go by
                .serviceLevelObjectives(LATE)
                .register(registry);
    }

    private Timer phase(String phase) {
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

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
