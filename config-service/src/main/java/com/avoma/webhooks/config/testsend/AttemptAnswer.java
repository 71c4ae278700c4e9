package com.avoma.webhooks.config.testsend;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.config.diagnosis.Diagnosis;
import com.avoma.webhooks.config.diagnosis.Symptom;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt as the API answers it.
///
/// @param diagnosis what to do about it; null where it was delivered
@Schema(name = "Attempt")
public record AttemptAnswer(
        int number,
        Instant startedAt,
        AttemptRecord.@Nullable Outcome outcome,
        @Nullable Integer statusCode,
        AttemptRecord.@Nullable Failure failure,
        @Nullable String diagnosis,
        long durationMs,
        AttemptRecord.@Nullable Timings timings,
        @Nullable String responseExcerpt,
        boolean manual) {

    static AttemptAnswer of(AttemptRecord attempt) {
        return new AttemptAnswer(
                attempt.number(),
                attempt.startedAt(),
                attempt.outcome(),
                attempt.statusCode(),
                attempt.failure(),
                Diagnosis.of(Symptom.of(attempt)),
                attempt.durationMs(),
                attempt.timings(),
                attempt.responseExcerpt(),
                attempt.manual());
    }
}
