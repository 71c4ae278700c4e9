package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A [LoggedDelivery] as the table `deliveries` has it.
record DeliveryRow(
        UUID organizationUuid,
        String messageId,
        Instant created,
        UUID webhookUuid,
        String eventId,
        long eventHash,
        String eventSource,
        String eventType,
        boolean test,
        @Nullable Instant decidedAt,
        @Nullable Instant requestedAt,
        @Nullable Instant manualAt,
        @Nullable Instant stepAt,
        @Nullable Verdict verdict,
        @Nullable Instant nextAttemptAt,
        @Nullable String bodyTopic,
        @Nullable Integer bodyPartition,
        @Nullable Long bodyOffset,
        @Nullable String eventTopic,
        @Nullable Integer eventPartition,
        @Nullable Long eventOffset,
        Status status,
        @Nullable Instant expectedAt) {

    static DeliveryRow of(LoggedDelivery delivery) {
        var progress = delivery.progress();
        var decided = progress.decided();
        var event = decided == null ? null : decided.event();
        var last = progress.last();
        var body = last == null ? null : last.body();
        return new DeliveryRow(
                delivery.organizationUuid(),
                delivery.messageId(),
                delivery.created(),
                delivery.webhookUuid(),
                delivery.eventId(),
                EventHash.of(delivery.eventId()),
                delivery.eventSource(),
                delivery.eventType(),
                delivery.test(),
                decided == null ? null : decided.at(),
                progress.requestedAt(),
                progress.manualAt(),
                last == null ? null : last.at(),
                last == null ? null : last.verdict(),
                last == null ? null : last.nextAttemptAt(),
                body == null ? null : body.topic(),
                body == null ? null : body.partition(),
                body == null ? null : body.offset(),
                event == null ? null : event.topic(),
                event == null ? null : event.partition(),
                event == null ? null : event.offset(),
                progress.status(),
                delivery.test() ? null : progress.expectedAt());
    }

    LoggedDelivery delivery() {
        return new LoggedDelivery(
                organizationUuid,
                messageId,
                created,
                webhookUuid,
                eventId,
                eventSource,
                eventType,
                test,
                new Progress(decided(), requestedAt, manualAt, last()));
    }

    private Progress.@Nullable Decided decided() {
        var event = position(eventTopic, eventPartition, eventOffset);
        return decidedAt == null || event == null ? null : new Progress.Decided(decidedAt, event);
    }

    private Progress.@Nullable Step last() {
        var body = position(bodyTopic, bodyPartition, bodyOffset);
        return stepAt == null || verdict == null || body == null
                ? null
                : new Progress.Step(stepAt, verdict, nextAttemptAt, body);
    }

    private static @Nullable Position position(
            @Nullable String topic, @Nullable Integer partition, @Nullable Long offset) {
        return topic == null || partition == null || offset == null
                ? null
                : new Position(topic, partition, offset);
    }
}
