package com.avoma.webhooks.delivery.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.sending.Attempt;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryMetricsTest {
    private static final Instant EVENT_TIME = Instant.parse("2026-11-01T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DeliveryMetrics metrics = new DeliveryMetrics(registry, () -> EVENT_TIME);

    @Test
    void hasEverySeriesFromTheStart() {
        for (var outcome : new String[] {"delivered", "refused", "unreachable"}) {
            for (var type : TriggerEvent.values()) {
                assertThat(attempts(outcome, type.name())).isZero();
            }
            assertThat(attempts(outcome, "other")).isZero();
        }
        for (var reason : new String[] {"gone", "exhausted", "inactive", "malformed"}) {
            assertThat(deadLetters(reason)).isZero();
        }
        for (var phase : new String[] {"dns", "connect", "tls", "first_byte", "total"}) {
            assertThat(count("webhooks.attempt", "phase", phase)).isZero();
        }
        assertThat(count("webhooks.end.to.end", "first_attempt", "true")).isZero();
        assertThat(count("webhooks.end.to.end", "first_attempt", "false")).isZero();
    }

    @Test
    void timesSnapshotsFromItsOwnStartOn() {
        metrics.propagated(EVENT_TIME.minusMillis(1));
        assertThat(registry.get("webhooks.config.propagation").timer().count()).isZero();
        // by another clock
        metrics.propagated(EVENT_TIME.plusMillis(1));
        assertThat(registry.get("webhooks.config.propagation").timer().count()).isOne();
        assertThat(registry.get("webhooks.config.propagation").timer().totalTime(TimeUnit.SECONDS))
                .isZero();
    }

    @Test
    void showsTheLagOfATopic() {
        metrics.watchLag("delivery-jobs", () -> 7);
        assertThat(
                        registry.get("webhooks.consumer.lag")
                                .tag("topic", "delivery-jobs")
                                .gauge()
                                .value())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(TriggerEvent.class)
    void countsEachTypeByItself(TriggerEvent type) {
        metrics.attempted(job(type.name(), 1), attempt(), Outcome.REFUSED);

        assertThat(attempts("refused", type.name())).isOne();
        assertThat(registry.get("webhooks.attempts").counters())
                .filteredOn(counter -> counter.count() > 0)
                .hasSize(1);
    }

    @Test
    void givesATypeThatIsNotOfTheContractNoLabelOfItsOwn() {
        metrics.attempted(job("MADE_UP", 1), attempt(), Outcome.DELIVERED);

        assertThat(attempts("delivered", "other")).isOne();
        assertThat(registry.find("webhooks.attempts").tag("event_type", "MADE_UP").counter())
                .isNull();
    }

    @Test
    void timesThePhasesThatHappened() {
        metrics.attempted(job("AINOTE", 1), attempt(), Outcome.DELIVERED);

        assertThat(count("webhooks.attempt", "phase", "dns")).isZero();
        assertThat(count("webhooks.attempt", "phase", "tls")).isOne();
        var tls = registry.get("webhooks.attempt").tag("phase", "tls").timer();
        assertThat(tls.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
        var total = registry.get("webhooks.attempt").tag("phase", "total").timer();
        assertThat(total.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
    }

    @Test
    void timesFromTheEventToTheAnswerFirstAttemptsApart() {
        metrics.attempted(job("AINOTE", 1), attempt(), Outcome.DELIVERED);
        metrics.attempted(job("AINOTE", 2), attempt(), Outcome.DELIVERED);
        metrics.attempted(job("AINOTE", 3), attempt(), Outcome.DELIVERED);
        metrics.attempted(job("AINOTE", 2), attempt(), Outcome.REFUSED);

        var first = registry.get("webhooks.end.to.end").tag("first_attempt", "true").timer();
        assertThat(first.count()).isOne();
        assertThat(first.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1250);
        assertThat(count("webhooks.end.to.end", "first_attempt", "false")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void countsDeadLettersByReason(Reason reason) {
        metrics.deadLettered(reason);

        assertThat(registry.get("webhooks.dead.letters").counters())
                .filteredOn(counter -> counter.count() > 0)
                .extracting(counter -> counter.getId().getTag("reason"))
                .containsExactly(reason.name().toLowerCase(Locale.ROOT));
    }

    private double attempts(String outcome, String type) {
        return registry.get("webhooks.attempts")
                .tags("outcome", outcome, "event_type", type)
                .counter()
                .count();
    }

    private double deadLetters(String reason) {
        return registry.get("webhooks.dead.letters").tag("reason", reason).counter().count();
    }

    private long count(String timer, String tag, String value) {
        return registry.get(timer).tag(tag, value).timer().count();
    }

    /// Began a second after the event and took a quarter of one.
    private static Attempt attempt() {
        return new Attempt(
                new Delivered(200),
                EVENT_TIME.plusSeconds(1),
                Duration.ofMillis(250),
                new Timings(null, 3L, 7L, 100L),
                null,
                null);
    }

    private static DeliveryJob job(String type, int attempt) {
        return new DeliveryJob(
                "msg_1",
                new UUID(1, 1),
                new UUID(2, 2),
                1,
                "e-1",
                "/meetings",
                type,
                EVENT_TIME,
                "u",
                attempt,
                null,
                DeliveryJob.Origin.EVENT,
                null,
                Payload.of("{}"));
    }
}
