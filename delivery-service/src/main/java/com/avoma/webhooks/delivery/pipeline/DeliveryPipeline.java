package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.delivery.endpoint.Endpoint;
import com.avoma.webhooks.delivery.endpoint.Endpoints;
import com.avoma.webhooks.delivery.endpoint.Lookup;
import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.isolation.Ticket;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.sending.Attempt;
import com.avoma.webhooks.delivery.sending.HttpSender;
import com.avoma.webhooks.delivery.sending.Request;
import com.avoma.webhooks.delivery.trace.AttemptSpans;
import com.avoma.webhooks.delivery.trace.AttemptTrace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The path of one job: endpoint, sign, send, judge, and write down what follows. What it returns
/// completes when everything that follows from the job is acknowledged by the brokers, and its
/// offset may be committed.
///
/// A job whose endpoint is at hand goes to the sender at once, and what follows from its attempt is
/// written down by one of a few threads; every other step runs on a virtual thread that ends with
/// it. Nobody waits for the answer or the brokers. Once a request may have gone out it is never
/// made again because of a fault of ours: only the bookkeeping is repeated.
public final class DeliveryPipeline implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeliveryPipeline.class);
    private static final Duration LONGEST_POSTPONED = Duration.ofDays(7);
    private static final int CORES_PER_BOOK = 2;

    private final Endpoints endpoints;
    private final HttpSender sender;
    private final Bookkeeping bookkeeping;
    private final AttemptSpans spans;
    private final InstantSource clock;
    private final ExecutorService steps = Executors.newVirtualThreadPerTaskExecutor();
    private final Executor afterAPause =
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, steps);
    private final ExecutorService books =
            Executors.newFixedThreadPool(
                    Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_BOOK),
                    Thread.ofPlatform().name("books-", 0).daemon().factory());

    /// One step that may be repeated.
    private interface Step {
        CompletableFuture<?> take() throws InterruptedException;
    }

    public DeliveryPipeline(
            Endpoints endpoints,
            HttpSender sender,
            Bookkeeping bookkeeping,
            AttemptSpans spans,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.sender = sender;
        this.bookkeeping = bookkeeping;
        this.spans = spans;
        this.clock = clock;
    }

    /// Takes a record that was admitted, or put off, to its end or its next attempt. The one place
    /// that decides which. Completes when the record is done; exceptionally only where the service
    /// stops first.
    public CompletableFuture<Void> take(Arrival arrival, Admission admission) {
        var done = new CompletableFuture<Void>();
        if (arrival instanceof Arrival.Job job
                && admission instanceof Admission.Go(var ticket)
                && !job.isEarly(clock.instant())) {
            var endpoint = endpoints.ready(job.job());
            if (endpoint != null) {
                attempt(job, endpoint, ticket).whenComplete((_, fault) -> complete(done, fault));
                return done;
            }
        }
        steps.execute(() -> untilItHolds(arrival, done, () -> step(arrival, admission)));
        return done;
    }

    private CompletableFuture<?> step(Arrival arrival, Admission admission)
            throws InterruptedException {
        return switch (arrival) {
            case Arrival.Malformed malformed -> bookkeeping.reject(malformed);
            case Arrival.Job job when job.isEarly(clock.instant()) -> bookkeeping.handOn(job);
            case Arrival.Job job ->
                    switch (admission) {
                        case Admission.Go(var ticket) -> deliverOrPostpone(job, ticket);
                        case Admission.Defer(var cause, var delay, _) ->
                                bookkeeping.defer(job, cause, delay);
                        case Admission.Wait _ ->
                                throw new IllegalArgumentException("nothing to do yet");
                    };
        };
    }

    private CompletableFuture<?> deliverOrPostpone(Arrival.Job job, Ticket ticket)
            throws InterruptedException {
        try {
            return deliver(job, ticket);
        } catch (RuntimeException e) {
            return fault(job, e);
        }
    }

    private CompletableFuture<?> deliver(Arrival.Job job, Ticket ticket)
            throws InterruptedException {
        return switch (endpoints.find(job.job())) {
            case Lookup.Known(var endpoint) -> attempt(job, endpoint, ticket);
            case Lookup.Inactive(_, var endpoint) when job.isTest() ->
                    attempt(job, endpoint.get(), ticket);
            case Lookup.Inactive(var url, _) ->
                    bookkeeping.giveUp(job, url, Reason.INACTIVE, "The webhook is not active.");
            case Lookup.Deleted _ -> bookkeeping.cancel(job);
            case Lookup.NotYet _ -> awaitConfiguration(job);
        };
    }

    private CompletableFuture<?> attempt(Arrival.Job job, Endpoint endpoint, Ticket ticket) {
        ticket.sending(System.nanoTime());
        var trace = spans.begin(job.job());
        return sender.post(endpoint.url(), endpoint.identity(), () -> request(job, endpoint, trace))
                .handleAsync(
                        (attempt, fault) -> {
                            if (attempt == null) {
                                trace.failed(fault);
                                return fault(job, fault);
                            }
                            return attempted(job, endpoint, ticket, attempt, trace);
                        },
                        books)
                .thenCompose(written -> written);
    }

    private Request request(Arrival.Job job, Endpoint endpoint, AttemptTrace trace) {
        return Requests.of(job, endpoint, sender.userAgent(), trace.sent(), clock.instant());
    }

    private CompletableFuture<?> fault(Arrival.Job job, @Nullable Throwable fault) {
        log.error("jobs.fault at={}: put off", job.source().position(), fault);
        return bookkeeping.postpone(job, "A fault of the service.");
    }

    private CompletableFuture<?> attempted(
            Arrival.Job job,
            Endpoint endpoint,
            Ticket ticket,
            Attempt attempt,
            AttemptTrace trace) {
        var written = new CompletableFuture<Void>();
        Step conclusion =
                () -> {
                    ticket.attempted(
                            Records.result(attempt.outcome()),
                            job.job().messageId().hashCode(),
                            System.nanoTime());
                    return bookkeeping.conclude(job, endpoint.url(), attempt, trace.next());
                };
        trace.ended(attempt, () -> untilItHolds(job, written, conclusion));
        return written;
    }

    /// Catching up was in vain: the organization's snapshot is missing although jobs refer to it.
    private CompletableFuture<?> awaitConfiguration(Arrival.Job job) {
        var why = "The organization's configuration was never published.";
        var age = Duration.between(job.job().eventTime(), clock.instant());
        return age.compareTo(LONGEST_POSTPONED) > 0
                ? bookkeeping.giveUp(job, null, Reason.INACTIVE, why)
                : bookkeeping.postpone(job, why);
    }

    /// Repeats a step that throws, whatever it is: a job that nobody finishes would hold its
    /// partition for ever.
    private void untilItHolds(Arrival arrival, CompletableFuture<Void> done, Step step) {
        try {
            step.take().whenComplete((_, fault) -> complete(done, fault));
        } catch (InterruptedException e) {
            // the service stops: the record stays and is done after the next start
            done.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            log.error("jobs.fault at={}: again", arrival.source().position(), e);
            afterAPause.execute(() -> untilItHolds(arrival, done, step));
        }
    }

    private static void complete(CompletableFuture<Void> done, @Nullable Throwable fault) {
        if (fault == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(fault);
        }
    }

    /// Interrupts the steps that still wait for something.
    @Override
    public void close() {
        steps.shutdownNow();
        books.shutdownNow();
    }
}
