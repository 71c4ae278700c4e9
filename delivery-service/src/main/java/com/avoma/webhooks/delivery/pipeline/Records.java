package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.delivery.isolation.Result;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.sending.Attempt;
import com.avoma.webhooks.delivery.sending.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes the [AttemptRecord] of what happened.
final class Records {
    private Records() {}

    /// An attempt that was made.
    ///
    /// @param reason of a dead letter
    /// @param nextAttemptAt where the verdict is to retry
    static AttemptRecord made(
            Arrival.Job arrival,
            String url,
            Attempt attempt,
            Verdict verdict,
            @Nullable Reason reason,
            @Nullable Instant nextAttemptAt) {
        var job = arrival.job();
        var outcome = attempt.outcome();
        return new AttemptRecord(
                job.messageId(),
                job.organizationUuid(),
                job.webhookUuid(),
                job.eventId(),
                job.eventSource(),
                job.eventType(),
                job.eventTime(),
                job.attempt(),
                attempt.startedAt(),
                outcome(outcome),
                status(outcome),
                failure(outcome),
                detail(outcome),
                attempt.took().toMillis(),
                attempt.timings(),
                attempt.excerpt(),
                url,
                manual(job),
                arrival.isTest(),
                attempt.certificateExpiresAt(),
                verdict,
                word(reason),
                nextAttemptAt,
                arrival.source().position());
    }

    /// The end of a delivery without an attempt.
    ///
    /// @param reason of a dead letter
    static AttemptRecord none(
            Arrival.Job arrival,
            @Nullable String url,
            Verdict verdict,
            @Nullable Reason reason,
            String detail,
            Instant at) {
        var job = arrival.job();
        return new AttemptRecord(
                job.messageId(),
                job.organizationUuid(),
                job.webhookUuid(),
                job.eventId(),
                job.eventSource(),
                job.eventType(),
                job.eventTime(),
                0,
                at,
                null,
                null,
                null,
                detail,
                0,
                null,
                null,
                url,
                manual(job),
                arrival.isTest(),
                null,
                verdict,
                word(reason),
                null,
                arrival.source().position());
    }

    private static @Nullable String word(@Nullable Reason reason) {
        return reason == null ? null : reason.word();
    }

    /// What the attempt says about the endpoint.
    static Result result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> Result.DELIVERED;
            case Outcome.Refused(int status, _) when status >= 500 -> Result.OVERLOADED;
            // Request Timeout, Too Early, Too Many Requests
            case Outcome.Refused(int status, _)
                    when status == 408 || status == 425 || status == 429 ->
                    Result.OVERLOADED;
            case Outcome.Refused _ -> Result.REFUSED;
            case Outcome.Unreachable _ -> Result.UNREACHABLE;
        };
    }

    static AttemptRecord.Outcome outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> AttemptRecord.Outcome.DELIVERED;
            case Outcome.Refused _ -> AttemptRecord.Outcome.REFUSED;
            case Outcome.Unreachable _ -> AttemptRecord.Outcome.UNREACHABLE;
        };
    }

    private static @Nullable Integer status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered(int status) -> status;
            case Outcome.Refused(int status, _) -> status;
            case Outcome.Unreachable _ -> null;
        };
    }

    private static @Nullable Failure failure(Outcome outcome) {
        return outcome instanceof Outcome.Unreachable(var failure, _) ? failure : null;
    }

    private static @Nullable String detail(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> null;
            case Outcome.Refused _, Outcome.Unreachable _ -> outcome.sentence();
        };
    }

    private static boolean manual(DeliveryJob job) {
        return switch (job.origin()) {
            case EVENT -> false;
            case REDELIVERY, RECOVERY, TEST -> true;
        };
    }
}
