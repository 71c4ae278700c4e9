package com.avoma.webhooks.config.deactivation;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// What a webhook's streak needs to know of an attempt.
///
/// @param id the same for the same attempt, whenever its record is read
record Attempted(UUID webhook, Instant startedAt, String id, Result result) {
    private static final int HTTP_GONE = 410;

    enum Result {
        DELIVERED,
        FAILED,
        GONE
    }

    /// None for what is no attempt, and for test sends: they say nothing about deliveries.
    static Optional<Attempted> of(AttemptRecord attempt) {
        var outcome = attempt.outcome();
        if (attempt.number() < 1 || outcome == null || attempt.test()) {
            return Optional.empty();
        }
        var id = attempt.messageId() + '/' + attempt.number();
        // as PostgreSQL keeps it
        var startedAt = attempt.startedAt().truncatedTo(ChronoUnit.MICROS);
        return Optional.of(
                new Attempted(attempt.webhookUuid(), startedAt, id, result(attempt, outcome)));
    }

    private static Result result(AttemptRecord attempt, Outcome outcome) {
        return switch (outcome) {
            case DELIVERED -> Result.DELIVERED;
            case REFUSED -> {
                var status = attempt.statusCode();
                yield status != null && status == HTTP_GONE ? Result.GONE : Result.FAILED;
            }
            case UNREACHABLE -> Result.FAILED;
        };
    }
}
