package com.avoma.webhooks.config.publication;

import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.publication.OutboxRepository.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/// Carries the outbox to `webhook-config` in order, on a thread of its own, while this instance
/// holds the lease. Another instance that takes the lease over fences this one's producer off, so
/// that even a holder that slept through its lease cannot put an older snapshot after a newer one.
///
/// A crash between Kafka's commit and the note of it publishes the same revision twice, which
/// consumers pass over.
public final class SnapshotPublisher implements AutoCloseable, LeasedLoop.Work {
    private static final Logger log = LoggerFactory.getLogger(SnapshotPublisher.class);
    private static final int BATCH = 100;
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);

    private final OutboxRepository outbox;
    private final FencedPublisher topic;
    private final PublicationMetrics metrics;
    private final Clock clock;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final LeasedLoop loop;

    SnapshotPublisher(
            OutboxRepository outbox,
            LeaseRepository leases,
            FencedPublisher topic,
            PublicationMetrics metrics,
            PublicationProperties properties,
            Clock clock) {
        this.outbox = outbox;
        this.topic = topic;
        this.metrics = metrics;
        this.clock = clock;
        var lease = new LeasedLoop.Lease(leases, "webhook-config", properties.lease());
        this.loop = new LeasedLoop(lease, properties.pollInterval(), this);
    }

    void start() {
        loop.start();
    }

    /// There is something in the outbox.
    public void nudge() {
        loop.nudge();
    }

    /// Completes once this instance has published the revision, never where another one does.
    public CompletableFuture<Void> published(UUID organization, long revision) {
        return acknowledgements.await(organization, revision);
    }

    /// Publishes what it has begun, then gives the lease back.
    @Override
    public void close() {
        loop.close();
    }

    @Override
    public void letGo() {
        topic.close();
    }

    @Override
    public void pass(BooleanSupplier held) {
        topic.open();
        for (var batch = next(); !batch.entries().isEmpty(); batch = next()) {
            var records = batch.entries().stream().map(this::record).toList();
            if (!topic.publish(records, batch::inTime)) {
                log.warn("publication.late snapshots={}", batch.entries().size());
                continue;
            }
            var now = clock.instant();
            for (var entry : await(outbox.published(batch.entries()))) {
                acknowledgements.published(entry.organization(), entry.revision());
                metrics.published(Duration.between(entry.created(), now));
                log.info(
                        "snapshot.published organization={} revision={} bytes={}",
                        entry.organization(),
                        entry.revision(),
                        entry.snapshot().length);
            }
            if (!held.getAsBoolean()) {
                return;
            }
        }
    }

    private Batch next() {
        long asked = System.nanoTime();
        return new Batch(asked, await(outbox.oldest(BATCH)));
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

    private ProducerRecord<byte[], byte[]> record(Entry entry) {
        var key = entry.organization().toString().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                topic.topic(), key, entry.isTombstone() ? null : entry.snapshot());
    }

    /// Blocks: this is the publisher's own thread.
    private static <T> List<T> await(Flux<T> answer) {
        return answer.contextWrite(Scope.every(Scope.Reason.PUBLICATION))
                .collectList()
                .blockOptional(DATABASE_TIMEOUT)
                .orElseThrow();
    }
}
