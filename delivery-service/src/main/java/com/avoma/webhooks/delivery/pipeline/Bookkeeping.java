package com.avoma.webhooks.delivery.pipeline;

import static com.avoma.webhooks.common.attempt.AttemptRecord.Verdict.CANCELED;
import static com.avoma.webhooks.common.attempt.AttemptRecord.Verdict.DEAD_LETTERED;
import static com.avoma.webhooks.common.attempt.AttemptRecord.Verdict.DELIVERED;
import static com.avoma.webhooks.common.attempt.AttemptRecord.Verdict.RETRY;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.delivery.isolation.Admission.Cause;
import com.avoma.webhooks.delivery.metrics.DeliveryMetrics;
import com.avoma.webhooks.delivery.retry.RetryLadder;
import com.avoma.webhooks.delivery.retry.Verdict;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.sending.Attempt;
import com.avoma.webhooks.delivery.sending.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Writes down what follows from a job: its attempt, and the retry, deferral or dead letter. What
/// each method returns completes when all of it is safe on the brokers; a method that throws has
/// written nothing that must not be written twice.
public final class Bookkeeping {
    private static final Duration POSTPONEMENT = Duration.ofMinutes(1);

    private final RetryLadder ladder;
    private final Publishers publishers;
    private final Duration longestDeferral;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;

    /// @param longestDeferral how long a job may be put off before it is given up
    public Bookkeeping(
            RetryLadder ladder,
            Publishers publishers,
            Duration longestDeferral,
            DeliveryMetrics metrics,
            InstantSource clock) {
        this.ladder = ladder;
        this.publishers = publishers;
        this.longestDeferral = longestDeferral;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// An attempt was made.
    ///
    /// @param trace what a retry carries
    CompletableFuture<?> conclude(
            Arrival.Job arrival, String url, Attempt attempt, @Nullable TraceContext trace) {
        if (arrival.isTest()) {
            return log(Records.made(arrival, url, attempt, testVerdict(attempt), null, null));
        }
        metrics.attempted(arrival.job(), attempt, Records.outcome(attempt.outcome()));
        var job = arrival.job();
        var chance = ThreadLocalRandom.current().nextDouble();
        return switch (ladder.after(job.attempt(), attempt.outcome(), chance)) {
            case Verdict.Done _ -> log(Records.made(arrival, url, attempt, DELIVERED, null, null));
            case Verdict.RetryIn(var delay) -> {
                var now = clock.instant();
                var dueAt = now.plus(delay);
                var record = Records.made(arrival, url, attempt, RETRY, null, dueAt);
                yield both(
                        log(record),
                        publishers
                                .retries()
                                .publish(job.retry(job.attempt() + 1, dueAt, trace), now));
            }
            case Verdict.GiveUp(var reason) -> {
                var why = attempt.outcome().sentence();
                var record = Records.made(arrival, url, attempt, DEAD_LETTERED, reason, null);
                yield both(
                        log(record),
                        publishers.deadLetters().publish(arrival.source(), reason, why));
            }
        };
    }

    private static AttemptRecord.Verdict testVerdict(Attempt attempt) {
        return attempt.outcome() instanceof Outcome.Delivered ? DELIVERED : DEAD_LETTERED;
    }

    /// The webhook was deleted.
    CompletableFuture<?> cancel(Arrival.Job arrival) {
        return log(
                Records.none(
                        arrival,
                        null,
                        CANCELED,
                        null,
                        "The webhook was deleted.",
                        clock.instant()));
    }

    /// A dead letter without an attempt; of a test send only the record of it.
    ///
    /// @param url where it would have been sent, if that is known
    CompletableFuture<?> giveUp(
            Arrival.Job arrival, @Nullable String url, Reason reason, String why) {
        var record = Records.none(arrival, url, DEAD_LETTERED, reason, why, clock.instant());
        return arrival.isTest()
                ? log(record)
                : both(
                        log(record),
                        publishers.deadLetters().publish(arrival.source(), reason, why));
    }

    /// A record that is not a job.
    CompletableFuture<?> reject(Arrival.Malformed arrival) {
        return publishers
                .deadLetters()
                .publish(arrival.source(), Reason.MALFORMED, arrival.fault());
    }

    /// Puts the job off for a minute without using up an attempt: something of ours is missing, not
    /// the receiver. A test send is not made later.
    CompletableFuture<?> postpone(Arrival.Job arrival, String why) {
        if (arrival.isTest()) {
            return giveUp(arrival, null, Reason.EXHAUSTED, why);
        }
        var job = arrival.job();
        var now = clock.instant();
        return publishers
                .retries()
                .publish(job.retry(job.attempt(), now.plus(POSTPONEMENT), job.trace()), now);
    }

    /// Puts the job off, or gives it up where it has been put off for too long.
    CompletableFuture<?> defer(Arrival.Job arrival, Cause cause, Duration delay) {
        var now = clock.instant();
        var deferred = arrival.job().deferred(now, now.plus(delay));
        var since = deferred.deferredSince() == null ? now : deferred.deferredSince();
        if (since.plus(longestDeferral).isBefore(now)) {
            return giveUp(
                    arrival,
                    null,
                    Reason.OVERLOADED,
                    "The webhook took less than it got since " + since + ".");
        }
        metrics.deferred(cause);
        return publishers.deferrals().publish(deferred);
    }

    /// Hands a job that is not due yet to the topic that fits what is left of its wait.
    CompletableFuture<?> handOn(Arrival.Job arrival) {
        var job = arrival.job();
        return job.deferredSince() != null
                ? publishers.deferrals().publish(job)
                : publishers.retries().publish(job, clock.instant());
    }

    private CompletableFuture<Void> log(AttemptRecord record) {
        return publishers.attempts().publish(record);
    }

    private static CompletableFuture<?> both(CompletableFuture<?> one, CompletableFuture<?> other) {
        return CompletableFuture.allOf(one, other);
    }
}
