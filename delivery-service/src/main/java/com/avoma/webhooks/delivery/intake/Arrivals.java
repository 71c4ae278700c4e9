package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.delivery.deadletter.PackedHeaders;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.isolation.Rank;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import com.avoma.webhooks.delivery.retry.WaitingTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Makes an [Entry] of a record as it came off Kafka.
public final class Arrivals {
    /// What a job takes in memory beside its body, about.
    private static final int OVERHEAD = 2 * 1024;

    private static final UUID NOBODY = new UUID(0, 0);

    private final WaitingTopics waitingTopics;

    public Arrivals(WaitingTopics waitingTopics) {
        this.waitingTopics = waitingTopics;
    }

    Entry<Arrival> entry(ConsumerRecord<byte[], byte[]> record) {
        int size = Math.max(record.serializedValueSize(), 0) + OVERHEAD;
        var headers = record.headers();
        try {
            var job = JobRecord.read(record);
            var at = at(record, job.dueAt());
            var source =
                    source(
                            record,
                            at == null ? () -> list(headers) : new PackedHeaders(list(headers)));
            return new Entry<>(
                    record.offset(),
                    job.webhookUuid(),
                    rank(job),
                    at,
                    job.eventTime(),
                    size,
                    new Arrival.Job(job, source));
        } catch (MalformedRecordException e) {
            return new Entry<>(
                    record.offset(),
                    NOBODY,
                    Rank.LIVE,
                    null,
                    Instant.MIN,
                    size,
                    new Arrival.Malformed(
                            String.valueOf(e.getMessage()), source(record, () -> list(headers))));
        }
    }

    /// Whose the record is, as its key says; nobody's where it says something else.
    static UUID webhook(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JobRecord.webhook(record);
        } catch (MalformedRecordException _) {
            return NOBODY;
        }
    }

    /// How much of a partition is read ahead.
    Lane.Bounds bounds(String topic) {
        if (waitingTopics.isDeferred(topic)) {
            return Lane.Bounds.MIXED;
        }
        return waitingTopics.isRung(topic) ? Lane.Bounds.WAITING : Lane.Bounds.JOBS;
    }

    private static Rank rank(DeliveryJob job) {
        if (job.deferredSince() != null) {
            return Rank.DEFERRED;
        }
        return switch (job.origin()) {
            case EVENT, REDELIVERY -> Rank.LIVE;
            case RECOVERY -> Rank.RECOVERED;
            case TEST -> Rank.URGENT;
        };
    }

    /// When a job is to be looked at: when it is due, or has waited on this topic for long enough.
    private @Nullable Instant at(ConsumerRecord<byte[], byte[]> record, @Nullable Instant dueAt) {
        if (dueAt == null) {
            return null;
        }
        var handedOn =
                Instant.ofEpochMilli(record.timestamp())
                        .plus(waitingTopics.longestHold(record.topic()));
        return dueAt.isBefore(handedOn) ? dueAt : handedOn;
    }

    private static SourceRecord source(
            ConsumerRecord<byte[], byte[]> record, Supplier<List<SourceRecord.Header>> headers) {
        return new SourceRecord(
                new Position(record.topic(), record.partition(), record.offset()),
                record.key(),
                record.value(),
                headers);
    }

    private static List<SourceRecord.Header> list(Headers headers) {
        var list = new ArrayList<SourceRecord.Header>();
        for (var header : headers) {
            list.add(new SourceRecord.Header(header.key(), header.value()));
        }
        return list;
    }
}
