package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.intake.Lane.Entry;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import com.avoma.webhooks.delivery.pipeline.DeliveryPipeline;
import com.avoma.webhooks.delivery.retry.WaitingTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes jobs off Kafka and gives each to [DeliveryPipeline#deliver] when it is due and there is
/// room, on a virtual thread of its own. Records are done in any order; offsets are committed only
/// up to what is really done. One thread polls and keeps the books, and never waits for a job.
///
/// What bounds it: the jobs in flight ([InFlight]) and the records of a partition that were read
/// ahead ([Lane]); a partition that is full is paused. While the brokers are away nothing new comes
/// in, what is in flight waits for them, and nothing is given up.
public final class JobListener {
    private static final Logger log = LoggerFactory.getLogger(JobListener.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final Duration BUSY_POLL = Duration.ofMillis(5);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Pattern topics;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final DeliveryPipeline pipeline;
    private final InFlight inFlight;
    private final WaitingTopics waitingTopics;
    private final InstantSource clock;
    private final Thread thread;
    private final ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;
    private volatile Backlog backlog = Backlog.NONE;

    /// @param topics whose names match are read, those that appear later too
    /// @param consumers makes a consumer of the group, again after one has failed for good
    public JobListener(
            Pattern topics,
            Supplier<Consumer<byte[], byte[]>> consumers,
            DeliveryPipeline pipeline,
            InFlight inFlight,
            WaitingTopics waitingTopics,
            InstantSource clock) {
        this.topics = topics;
        this.consumers = consumers;
        this.pipeline = pipeline;
        this.inFlight = inFlight;
        this.waitingTopics = waitingTopics;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("listener-" + topics).unstarted(this::run);
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
        jobs.shutdownNow();
    }

    private void run() {
        while (!closed) {
            try (var kafka = consumers.get()) {
                listen(kafka, new PartitionsListener(kafka));
            } catch (KafkaException e) {
                log.warn("jobs.behind topics={} fault={}", topics, e.toString());
                pause();
            } catch (RuntimeException e) {
                log.error("jobs.behind topics={}: a new consumer begins", topics, e);
                pause();
            }
        }
    }

    private void listen(Consumer<byte[], byte[]> kafka, PartitionsListener partitions) {
        kafka.subscribe(topics, partitions);
        while (!closed) {
            var records = kafka.poll(timeout(partitions));
            for (var record : records) {
                partitions.add(
                        new TopicPartition(record.topic(), record.partition()), entry(record));
            }
            records.nextOffsets().forEach(partitions::advance);
            partitions.takeCompleted();
            startDue(partitions);
            partitions.pauseAndResume();
            partitions.commitNowAndThen();
            backlog = partitions.backlog();
        }
        partitions.awaitCompleted(partitions.all(), GRACE);
        partitions.commit(partitions.all());
    }

    private void startDue(PartitionsListener partitions) {
        var now = clock.instant();
        for (var next = partitions.next(now, inFlight);
                next != null;
                next = partitions.next(now, inFlight)) {
            var started = next;
            jobs.execute(() -> work(partitions, started));
        }
    }

    private void work(PartitionsListener partitions, PartitionsListener.Started started) {
        try {
            settle(started.entry().item());
            partitions.completed(started);
        } catch (InterruptedException _) {
            // the service stops: the record stays and is done after the next start
            Thread.currentThread().interrupt();
        } finally {
            inFlight.end(started.entry().key());
        }
    }

    /// The one place that decides: delivered, handed on because it is early, or put off because of
    /// a fault of ours. Returns when the record is done.
    private void settle(Arrival arrival) throws InterruptedException {
        while (true) {
            try {
                switch (arrival) {
                    case Arrival.Job job when isEarly(job) -> pipeline.handOn(job);
                    case Arrival.Job job -> deliverOrPostpone(job);
                    case Arrival.Malformed malformed -> pipeline.deliver(malformed);
                }
                return;
            } catch (RuntimeException | Error e) {
                // whatever it is: a job that nobody finishes would hold its partition for ever
                log.error("jobs.fault at={}: again", arrival.source().position(), e);
                Thread.sleep(PAUSE_AFTER_FAULT);
            }
        }
    }

    private void deliverOrPostpone(Arrival.Job job) throws InterruptedException {
        try {
            pipeline.deliver(job);
        } catch (RuntimeException e) {
            log.error("jobs.fault at={}: put off", job.source().position(), e);
            pipeline.postpone(job);
        }
    }

    private boolean isEarly(Arrival.Job arrival) {
        var dueAt = arrival.job().dueAt();
        return dueAt != null && dueAt.isAfter(clock.instant());
    }

    private Entry<Arrival> entry(ConsumerRecord<byte[], byte[]> record) {
        int size = Math.max(record.serializedValueSize(), 0);
        var source = source(record);
        try {
            var job = JobRecord.read(record);
            return new Entry<>(
                    record.offset(),
                    job.webhookUuid().toString(),
                    at(record, job.dueAt()),
                    size,
                    new Arrival.Job(job, source));
        } catch (MalformedRecordException e) {
            var fault = String.valueOf(e.getMessage());
            return new Entry<>(
                    record.offset(), "", Instant.MIN, size, new Arrival.Malformed(fault, source));
        }
    }

    /// When a job is to be looked at: when it is due, or has waited on this topic for long enough.
    private Instant at(ConsumerRecord<byte[], byte[]> record, @Nullable Instant dueAt) {
        if (dueAt == null) {
            return Instant.MIN;
        }
        var handedOn =
                Instant.ofEpochMilli(record.timestamp())
                        .plus(waitingTopics.longestHold(record.topic()));
        return dueAt.isBefore(handedOn) ? dueAt : handedOn;
    }

    private static SourceRecord source(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<SourceRecord.Header>();
        for (var header : record.headers()) {
            headers.add(new SourceRecord.Header(header.key(), header.value()));
        }
        return new SourceRecord(
                new Position(record.topic(), record.partition(), record.offset()),
                record.key(),
                record.value(),
                headers);
    }

    private Duration timeout(PartitionsListener partitions) {
        if (backlog.ready() > 0) {
            return BUSY_POLL;
        }
        var next = partitions.nextAt();
        if (next == null) {
            return IDLE_POLL;
        }
        var wait = Duration.between(clock.instant(), next);
        if (wait.compareTo(BUSY_POLL) < 0) {
            return BUSY_POLL;
        }
        return wait.compareTo(IDLE_POLL) > 0 ? IDLE_POLL : wait;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAULT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
