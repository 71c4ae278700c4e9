package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Reads what comes off Kafka as PostgreSQL can keep it: times in whole microseconds, text without
/// what it has no place for. What would make a whole batch fail is refused here, record by record.
public final class LogRecord {
    private static final int LONGEST_ID = 200;
    private static final int LAST_YEAR = 9999;

    private LogRecord() {}

    /// A record of `delivery-attempts`.
    ///
    /// @throws MalformedRecordException where it is none
    public static AttemptRecord attempt(byte @Nullable [] value) {
        var read = Json.read(present(value), AttemptRecord.class);
        required("message_id", read.messageId());
        required("organization_uuid", read.organizationUuid());
        required("webhook_uuid", read.webhookUuid());
        required("event_id", read.eventId());
        required("event_source", read.eventSource());
        required("event_type", read.eventType());
        required("verdict", read.verdict());
        required("job", read.job());
        required("job.topic", read.job().topic());
        return new AttemptRecord(
                id(read.messageId()),
                read.organizationUuid(),
                read.webhookUuid(),
                StorableText.of(read.eventId()),
                StorableText.of(read.eventSource()),
                StorableText.of(read.eventType()),
                micros("event_time", read.eventTime()),
                read.number(),
                micros("started_at", read.startedAt()),
                read.outcome(),
                read.statusCode(),
                read.failure(),
                StorableText.orNull(read.detail()),
                read.durationMs(),
                read.timings(),
                StorableText.orNull(read.responseExcerpt()),
                StorableText.orNull(read.targetUrl()),
                read.manual(),
                read.test(),
                microsOrNull(read.certificateExpiresAt()),
                read.verdict(),
                StorableText.orNull(read.reason()),
                microsOrNull(read.nextAttemptAt()),
                read.job());
    }

    /// A record of `routing-decisions`.
    ///
    /// @throws MalformedRecordException where it is none
    public static RoutingDecision decision(byte @Nullable [] value) {
        var read = Json.read(present(value), RoutingDecision.class);
        required("organization_uuid", read.organizationUuid());
        required("event_id", read.eventId());
        required("event_source", read.eventSource());
        required("event_type", read.eventType());
        required("user_uuid", read.userUuid());
        required("user_teams", read.userTeams());
        required("event", read.event());
        required("event.topic", read.event().topic());
        required("decisions", read.decisions());
        for (var decision : read.decisions()) {
            required("decisions.webhook_uuid", decision.webhookUuid());
            required("decisions.reason", decision.reason());
            if (decision.matched()) {
                required("decisions.message_id", decision.messageId());
                id(String.valueOf(decision.messageId()));
            }
        }
        return new RoutingDecision(
                read.organizationUuid(),
                StorableText.of(read.eventId()),
                StorableText.of(read.eventSource()),
                StorableText.of(read.eventType()),
                StorableText.of(read.userUuid()),
                micros("time", read.time()),
                micros("decided_at", read.decidedAt()),
                read.configRevision(),
                read.userTeams(),
                read.event(),
                read.decisions());
    }

    /// A job as it can be logged.
    ///
    /// @throws MalformedRecordException where it cannot
    public static DeliveryJob job(DeliveryJob read) {
        return new DeliveryJob(
                id(read.messageId()),
                read.organizationUuid(),
                read.webhookUuid(),
                read.configRevision(),
                StorableText.of(read.eventId()),
                StorableText.of(read.eventSource()),
                StorableText.of(read.eventType()),
                micros("event_time", read.eventTime()),
                StorableText.of(read.userId()),
                read.attempt(),
                read.dueAt(),
                read.origin(),
                read.trace(),
                read.body());
    }

    /// As PostgreSQL keeps it.
    public static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static byte[] present(byte @Nullable [] value) {
        if (value == null) {
            throw new MalformedRecordException("value: missing");
        }
        return value;
    }

    private static String id(String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID || !id.equals(StorableText.of(id))) {
            throw new MalformedRecordException(
                    "message_id: malformed (expected: 1 to %d characters)".formatted(LONGEST_ID));
        }
        return id;
    }

    private static Instant micros(String field, @Nullable Instant time) {
        if (time == null) {
            throw new MalformedRecordException(field + ": missing");
        }
        var year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > LAST_YEAR) {
            throw new MalformedRecordException(
                    "%s: %s (expected: a year from 1 to 9999)".formatted(field, time));
        }
        return micros(time);
    }

    private static @Nullable Instant microsOrNull(@Nullable Instant time) {
        return time == null ? null : micros("time", time);
    }

    /// The records come from outside, so their components may be null whatever their types say.
    private static void required(String field, @Nullable Object value) {
        if (value == null) {
            throw new MalformedRecordException(field + ": missing");
        }
    }
}
