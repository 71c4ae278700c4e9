package com.avoma.webhooks.config;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Records as delivery-service writes them to `delivery-attempts`.
public final class AttemptRecords {
    private AttemptRecords() {}

    public static AttemptRecord delivered(UUID webhook, Instant startedAt, String message) {
        return of(webhook, startedAt, message, 1, Outcome.DELIVERED, 200, false);
    }

    /// The receiver answered with this status.
    public static AttemptRecord refused(
            UUID webhook, Instant startedAt, String message, int status) {
        return of(webhook, startedAt, message, 1, Outcome.REFUSED, status, false);
    }

    /// Nobody answered.
    public static AttemptRecord unreachable(UUID webhook, Instant startedAt, String message) {
        return of(webhook, startedAt, message, 1, Outcome.UNREACHABLE, null, false);
    }

    /// Given up or canceled without an attempt.
    public static AttemptRecord ended(UUID webhook, Instant startedAt, String message) {
        return of(webhook, startedAt, message, 0, null, null, false);
    }

    /// The same attempt, as a test send.
    public static AttemptRecord test(AttemptRecord attempt) {
        return of(
                attempt.webhookUuid(),
                attempt.startedAt(),
                attempt.messageId(),
                attempt.number(),
                attempt.outcome(),
                attempt.statusCode(),
                true);
    }

    private static AttemptRecord of(
            UUID webhook,
            Instant startedAt,
            String message,
            int number,
            @Nullable Outcome outcome,
            @Nullable Integer status,
            boolean test) {
        return new AttemptRecord(
                message,
                new UUID(0, 1),
                webhook,
                "event-" + message,
                "/meetings",
                "AINOTE",
                startedAt,
                number,
                startedAt,
                outcome,
                status,
                outcome == Outcome.UNREACHABLE ? AttemptRecord.Failure.TIMEOUT : null,
                null,
                12,
                null,
                null,
                "https://example.com/hook",
                test,
                test,
                null,
                outcome == Outcome.DELIVERED ? Verdict.DELIVERED : Verdict.RETRY,
                null,
                null,
                new AttemptRecord.Position("delivery-jobs", 0, 1));
    }
}
