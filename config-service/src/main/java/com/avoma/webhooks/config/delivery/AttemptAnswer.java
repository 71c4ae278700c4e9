package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.config.diagnosis.Diagnosis;
import com.avoma.webhooks.config.diagnosis.Symptom;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt as the API answers it.
///
/// @param number its rank in time among the delivery's attempts, from 1
/// @param failure null where a status code came back
/// @param diagnosis what failed and what can be done; null where it was delivered
/// @param timings milliseconds by phase; null in it: a phase that did not come, or was not needed
/// @param manual whether a person asked for it
/// @param targetUrl where it was sent, which may be another place than the webhook has now; null:
///   not known of this attempt
@Schema(name = "Attempt")
public record AttemptAnswer(
        int number,
        Instant startedAt,
        Outcome outcome,
        @Nullable Integer statusCode,
        @Nullable Failure failure,
        @Nullable String diagnosis,
        long durationMs,
        Timings timings,
        @Nullable String responseExcerpt,
        boolean manual,
        @Nullable String targetUrl) {

    private static final Timings NONE = new Timings(null, null, null, null);

    /// @param outcome of the symptom's attempt, which was made
    public static AttemptAnswer of(
            int number,
            Outcome outcome,
            @Nullable String targetUrl,
            long durationMs,
            boolean manual,
            Symptom symptom) {
        return new AttemptAnswer(
                number,
                symptom.startedAt(),
                outcome,
                symptom.statusCode(),
                symptom.failure(),
                Diagnosis.of(symptom),
                durationMs,
                symptom.timings() == null ? NONE : symptom.timings(),
                symptom.excerpt(),
                manual,
                targetUrl);
    }
}
