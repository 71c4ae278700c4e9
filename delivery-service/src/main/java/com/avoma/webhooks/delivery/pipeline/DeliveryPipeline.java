package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.delivery.endpoint.Endpoint;
import com.avoma.webhooks.delivery.endpoint.Endpoints;
import com.avoma.webhooks.delivery.endpoint.Lookup;
import com.avoma.webhooks.delivery.metrics.DeliveryMetrics;
import com.avoma.webhooks.delivery.retry.RetryLadder;
import com.avoma.webhooks.delivery.retry.Verdict;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.sending.Attempt;
import com.avoma.webhooks.delivery.sending.HttpSender;
import com.avoma.webhooks.delivery.sending.Request;
import com.avoma.webhooks.delivery.signing.Signer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The path of one job: endpoint, sign, send, judge, and write down what follows. When a method
/// returns, everything that follows from the job is acknowledged by the brokers, and the job's
/// offset may be committed; when it throws, the job is as it was.
///
/// Runs on one virtual thread a job, which waits where the job waits.
public final class DeliveryPipeline {
    private static final Duration POSTPONEMENT = Duration.ofMinutes(1);
    private static final Duration LONGEST_POSTPONED = Duration.ofDays(7);

    private final Endpoints endpoints;
    private final HttpSender sender;
    private final RetryLadder ladder;
    private final Publishers publishers;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;

    public DeliveryPipeline(
            Endpoints endpoints,
            HttpSender sender,
            RetryLadder ladder,
            Publishers publishers,
            DeliveryMetrics metrics,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.sender = sender;
        this.ladder = ladder;
        this.publishers = publishers;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Takes a record to its end, or to its next attempt.
    ///
    /// @throws InterruptedException where the service stops first
    public void deliver(Arrival arrival) throws InterruptedException {
        switch (arrival) {
            case Arrival.Malformed(var fault, var source) ->
                    publishers.deadLetters().publish(source, Reason.MALFORMED, fault).await();
            case Arrival.Job job -> {
                switch (endpoints.find(job.job())) {
                    case Lookup.Known(var endpoint) -> attempt(job, endpoint);
                    case Lookup.Inactive(var url) -> giveUp(job, url, "The webhook is not active.");
                    case Lookup.Deleted _ -> cancel(job);
                    case Lookup.NotYet _ -> awaitConfiguration(job);
                }
            }
        }
    }

    /// Puts the job off for a minute without using up an attempt: something of ours is missing, not
    /// the receiver.
    public void postpone(Arrival.Job arrival) throws InterruptedException {
        var job = arrival.job();
        var now = clock.instant();
        publishers.retries().publish(job.retry(job.attempt(), now.plus(POSTPONEMENT)), now).await();
    }

    /// Hands a job that is not due yet to the topic that fits what is left of its wait.
    public void handOn(Arrival.Job arrival) throws InterruptedException {
        publishers.retries().publish(arrival.job(), clock.instant()).await();
    }

    private void attempt(Arrival.Job arrival, Endpoint endpoint) throws InterruptedException {
        var job = arrival.job();
        var signature =
                Signer.sign(job.messageId(), clock.instant(), job.body(), endpoint.secrets());
        var request =
                Request.of(
                        endpoint.url(),
                        sender.userAgent(),
                        signature,
                        endpoint.headers(),
                        job.body());
        var attempt = sender.post(request).join();
        metrics.attempted(job, attempt, Records.outcome(attempt.outcome()));
        conclude(arrival, endpoint.url(), attempt);
    }

    private void conclude(Arrival.Job arrival, String url, Attempt attempt)
            throws InterruptedException {
        var job = arrival.job();
        var chance = ThreadLocalRandom.current().nextDouble();
        switch (ladder.after(job.attempt(), attempt.outcome(), chance)) {
            case Verdict.Done _ -> log(arrival, url, attempt, AttemptRecord.Verdict.DELIVERED);
            case Verdict.RetryIn(var delay) -> {
                var now = clock.instant();
                var dueAt = now.plus(delay);
                var retry = publishers.retries().publish(job.retry(job.attempt() + 1, dueAt), now);
                publishers
                        .attempts()
                        .publish(
                                Records.made(
                                        arrival, url, attempt, AttemptRecord.Verdict.RETRY, dueAt))
                        .await();
                retry.await();
            }
            case Verdict.GiveUp(var reason) -> {
                var letter =
                        publishers
                                .deadLetters()
                                .publish(arrival.source(), reason, attempt.outcome().sentence());
                log(arrival, url, attempt, AttemptRecord.Verdict.DEAD_LETTERED);
                letter.await();
            }
        }
    }

    private void log(
            Arrival.Job arrival, String url, Attempt attempt, AttemptRecord.Verdict verdict)
            throws InterruptedException {
        publishers.attempts().publish(Records.made(arrival, url, attempt, verdict, null)).await();
    }

    private void cancel(Arrival.Job arrival) throws InterruptedException {
        var record =
                Records.none(
                        arrival,
                        null,
                        AttemptRecord.Verdict.CANCELED,
                        "The webhook was deleted.",
                        clock.instant());
        publishers.attempts().publish(record).await();
    }

    private void giveUp(Arrival.Job arrival, @Nullable String url, String why)
            throws InterruptedException {
        var letter = publishers.deadLetters().publish(arrival.source(), Reason.INACTIVE, why);
        var record =
                Records.none(
                        arrival, url, AttemptRecord.Verdict.DEAD_LETTERED, why, clock.instant());
        publishers.attempts().publish(record).await();
        letter.await();
    }

    /// Catching up was in vain: the organization's snapshot is missing although jobs refer to it.
    private void awaitConfiguration(Arrival.Job arrival) throws InterruptedException {
        var age = Duration.between(arrival.job().eventTime(), clock.instant());
        if (age.compareTo(LONGEST_POSTPONED) > 0) {
            giveUp(arrival, null, "The organization's configuration was never published.");
        } else {
            postpone(arrival);
        }
    }
}
