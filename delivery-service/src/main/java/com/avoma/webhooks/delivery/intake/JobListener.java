package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.intake.PartitionsListener.Layout;
import com.avoma.webhooks.delivery.pipeline.DeliveryPipeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes jobs off Kafka and gives each to [DeliveryPipeline#take] when it is due and [Gate] lets it
/// start, or has it put off. Records are done in any order; offsets are committed only up to what
/// is really done. One thread polls and keeps the books, and never waits for a job.
///
/// What bounds it: the jobs under way, and the records that were read ahead ([Lane], [ReadAhead]);
/// a partition that is full is paused. While the brokers are away nothing new comes in, what is
/// under way waits for them, and nothing is given up.
public final class JobListener {
    private static final Logger log = LoggerFactory.getLogger(JobListener.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final Duration COMMIT_POLL = Duration.ofMillis(20);
    private static final Duration BUSY_POLL = Duration.ofMillis(1);
    private static final Duration STUCK_POLL = Duration.ofMillis(10);

    /// How long what has come to an end is gathered while there is more to start: longer where
    /// little does, for each look costs the same.
    private static final long SHORTEST_BREATH = Duration.ofMillis(1).toNanos();

    private static final long LONGEST_BREATH = Duration.ofMillis(4).toNanos();

    /// So many at a time are worth a look.
    private static final int WORTH = 16;

    /// How often Kafka is asked meanwhile: a poll costs much more than a look at what has ended.
    private static final long POLL_EVERY = Duration.ofMillis(10).toNanos();

    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final long COUNT_EVERY = Duration.ofSeconds(1).toNanos();

    private final Source source;
    private final DeliveryPipeline pipeline;
    private final Gate gate;
    private final Arrivals arrivals;
    private final Layout layout;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Backlog backlog = Backlog.NONE;
    private long lastCount;
    private long wholePass = System.nanoTime();
    private long breath = SHORTEST_BREATH;

    /// Where jobs come from.
    ///
    /// @param topics whose names match are read, those that appear later too
    /// @param consumers makes a consumer of the group, again after one has failed for good
    /// @param many so many that are done are committed at once
    public record Source(Pattern topics, Supplier<Consumer<byte[], byte[]>> consumers, int many) {}

    public JobListener(
            Source source,
            DeliveryPipeline pipeline,
            Gate gate,
            Arrivals arrivals,
            ReadAhead readAhead,
            InstantSource clock) {
        this.source = source;
        this.pipeline = pipeline;
        this.gate = gate;
        this.arrivals = arrivals;
        this.layout = new Layout(arrivals::bounds, readAhead, gate::movable, source.many());
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("listener-" + source.topics()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// What waits on this instance's partitions, as of the last poll.
    public Backlog backlog() {
        return backlog;
    }

    /// Whether it takes jobs, or tries to.
    public boolean isAlive() {
        return thread.isAlive();
    }

    /// Stops taking jobs, waits for those in flight for as long as an attempt may take, commits and
    /// leaves the group. What is not done by then is done again after the next start.
    public void close() {
        closed = true;
        try {
            thread.join(GRACE.plusSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (var kafka = source.consumers().get()) {
                listen(kafka, new PartitionsListener(kafka, layout));
            } catch (KafkaException e) {
                log.warn("jobs.behind topics={} fault={}", source.topics(), e.toString());
                pause();
            } catch (RuntimeException e) {
                log.error("jobs.behind topics={}: a new consumer begins", source.topics(), e);
                pause();
            }
        }
    }

    private void listen(Consumer<byte[], byte[]> kafka, PartitionsListener partitions) {
        try {
            kafka.subscribe(source.topics(), partitions);
            boolean progress = true;
            long polled = System.nanoTime();
            while (!closed) {
                if (progress
                        && partitions.turns().ready() > 0
                        && System.nanoTime() - polled < POLL_EVERY) {
                    LockSupport.parkNanos(breath);
                } else {
                    partitions.steer();
                    take(partitions.poll(timeout(partitions, progress)), partitions);
                    polled = System.nanoTime();
                }
                partitions.completions().take();
                progress = startDue(partitions);
                partitions.completions().commitNowAndThen();
                countNowAndThen(partitions);
            }
            partitions.finish(GRACE);
        } finally {
            partitions.close();
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records, PartitionsListener partitions) {
        for (var partition : records.partitions()) {
            for (var record : records.records(partition)) {
                partitions.add(
                        partition,
                        record.offset(),
                        Arrivals.webhook(record),
                        () -> arrivals.entry(record));
            }
        }
        records.nextOffsets().forEach(partitions::advance);
    }

    /// @return whether anything started
    private boolean startDue(PartitionsListener partitions) {
        var now = clock.instant();
        long nanos = System.nanoTime();
        var pass =
                new Pass(
                        (entry, line) -> gate.judge(entry, line, now, nanos),
                        gate::isFull,
                        nanos - wholePass >= POLL_EVERY);
        if (pass.whole()) {
            wholePass = nanos;
        }
        var turns = partitions.turns();
        int count = 0;
        if (!pass.isOver()) {
            turns.beginPass(now);
            for (var next = turns.next(pass); next != null; next = turns.next(pass)) {
                start(partitions.completions(), next);
                count++;
            }
        }
        breath = count < WORTH ? Math.min(2 * breath, LONGEST_BREATH) : SHORTEST_BREATH;
        for (var moved : turns.moveOutOfTheWay(now, gate::errand)) {
            start(partitions.completions(), moved);
        }
        return count > 0;
    }

    private void start(Completions completions, Started started) {
        pipeline.take(started.entry().item(), started.admission())
                .whenComplete((_, fault) -> done(completions, started, fault));
    }

    /// On whatever thread; where the service stopped first the record is not done.
    private static void done(Completions completions, Started started, @Nullable Throwable fault) {
        if (fault == null) {
            started.written(System.nanoTime());
            completions.add(started);
        } else {
            started.end(System.nanoTime());
        }
    }

    private void countNowAndThen(PartitionsListener partitions) {
        if (System.nanoTime() - lastCount >= COUNT_EVERY) {
            lastCount = System.nanoTime();
            backlog = partitions.backlog();
        }
    }

    private Duration timeout(PartitionsListener partitions, boolean progress) {
        if (partitions.turns().ready() > 0) {
            return progress ? Duration.ZERO : STUCK_POLL;
        }
        var longest = partitions.isBusy() ? COMMIT_POLL : IDLE_POLL;
        var next = partitions.turns().nextAt();
        if (next == null) {
            return longest;
        }
        var wait = Duration.between(clock.instant(), next);
        if (wait.compareTo(BUSY_POLL) < 0) {
            return BUSY_POLL;
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAULT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
