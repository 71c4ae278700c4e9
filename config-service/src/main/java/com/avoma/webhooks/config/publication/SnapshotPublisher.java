package com.avoma.webhooks.config.publication;

import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.publication.OutboxRepository.Entry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// Carries the outbox to `webhook-config` in order, on a thread of its own, while this instance
/// holds the lease. Another instance that takes the lease over fences this one's producer off, so
/// that even a holder that slept through its lease cannot put an older snapshot after a newer one.
///
/// A crash between Kafka's commit and the note of it publishes the same revision twice, which
/// consumers pass over.
public final class SnapshotPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SnapshotPublisher.class);
    private static final int BATCH = 100;
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(250);

    private final OutboxRepository outbox;
    private final LeaseRepository leases;
    private final SnapshotTopicPublisher topic;
    private final PublicationMetrics metrics;
    private final PublicationProperties properties;
    private final Clock clock;
    private final UUID instance = UUID.randomUUID();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private long leasedUntil = System.nanoTime();
    private boolean holding;

    SnapshotPublisher(
            OutboxRepository outbox,
            LeaseRepository leases,
            SnapshotTopicPublisher topic,
            PublicationMetrics metrics,
            PublicationProperties properties,
            Clock clock) {
        this.outbox = outbox;
        this.leases = leases;
        this.topic = topic;
        this.metrics = metrics;
        this.properties = properties;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("snapshot-publisher").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// There is something in the outbox.
    public void nudge() {
        nudges.release();
    }

    /// Completes once this instance has published the revision, never where another one does.
    public CompletableFuture<Void> published(UUID organization, long revision) {
        return acknowledgements.await(organization, revision);
    }

    /// Publishes what it has begun, then gives the lease back.
    @Override
    public void close() {
        closed = true;
        nudge();
        try {
            thread.join(DATABASE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (leased()) {
                    drain();
                } else {
                    topic.close();
                }
                awaitNudge();
            } catch (RuntimeException e) {
                log.warn(
                        "publication.fault retry_in_ms={} fault={}",
                        PAUSE_AFTER_FAULT.toMillis(),
                        rootOf(e).toString());
                topic.close();
                pause();
            }
        }
        topic.close();
        giveBack();
    }

    /// Whether this instance may publish; renews when a third of the lease is over.
    private boolean leased() {
        long now = System.nanoTime();
        if (holding && now - leasedUntil + properties.lease().toNanos() * 2 / 3 < 0) {
            return true;
        }
        boolean held = holding;
        holding = false;
        holding = await(leases.take(instance, properties.lease()));
        leasedUntil = now + properties.lease().toNanos();
        if (holding != held) {
            log.info("publication.lease held={} instance={}", holding, instance);
        }
        return holding;
    }

    private void drain() {
        topic.open();
        for (var batch = next(); !batch.entries().isEmpty(); batch = next()) {
            if (!topic.publish(batch.entries(), batch::inTime)) {
                log.warn("publication.late snapshots={}", batch.entries().size());
                continue;
            }
            var now = clock.instant();
            for (var entry : await(outbox.published(batch.entries()).collectList())) {
                acknowledgements.published(entry.organization(), entry.revision());
                metrics.published(Duration.between(entry.created(), now));
                log.info(
                        "snapshot.published organization={} revision={} bytes={}",
                        entry.organization(),
                        entry.revision(),
                        entry.snapshot().length);
            }
            if (!leased()) {
                return;
            }
        }
    }

    private Batch next() {
        long asked = System.nanoTime();
        return new Batch(asked, await(outbox.oldest(BATCH).collectList()));
    }

    /// Snapshots that go out together.
    ///
    /// @param asked when the outbox was asked for them, as [System#nanoTime] counts
    private record Batch(long asked, List<Entry> entries) {
        /// Whether the time of none of them is over.
        boolean inTime() {
            long passed = System.nanoTime() - asked;
            return entries.stream()
                    .map(Entry::leftMillis)
                    .allMatch(left -> left == null || passed < TimeUnit.MILLISECONDS.toNanos(left));
        }
    }

    private void giveBack() {
        try {
            await(leases.release(instance).thenReturn(true));
        } catch (RuntimeException e) {
            log.warn("publication.lease kept until it expires: {}", rootOf(e).toString());
        }
    }

    private void awaitNudge() {
        try {
            if (nudges.tryAcquire(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                nudges.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAULT);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /// Blocks: this is the publisher's own thread.
    private static <T> T await(Mono<T> answer) {
        var value =
                answer.contextWrite(Scope.every(Scope.Reason.PUBLICATION)).block(DATABASE_TIMEOUT);
        if (value == null) {
            throw new KafkaException("the database gave no answer");
        }
        return value;
    }

    private static Throwable rootOf(Throwable e) {
        var cause = e.getCause();
        return cause == null || cause == e ? e : rootOf(cause);
    }
}
