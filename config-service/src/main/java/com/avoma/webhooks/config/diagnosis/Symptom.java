package com.avoma.webhooks.config.diagnosis;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of an attempt, for a [Diagnosis].
///
/// @param outcome null where none was made
/// @param detail what delivery-service said of it, in a sentence
/// @param excerpt the first bytes of the answer's body
/// @param test whether it was a test send, which has no consequences
/// @param certificateExpiresAt of the receiver's certificate, where a handshake showed it
/// @param nextAttemptAt when it is tried again; null: not
public record Symptom(
        @Nullable Outcome outcome,
        @Nullable Integer statusCode,
        @Nullable Failure failure,
        @Nullable String detail,
        @Nullable Timings timings,
        @Nullable String excerpt,
        boolean test,
        Instant startedAt,
        @Nullable Instant certificateExpiresAt,
        Verdict verdict,
        @Nullable Instant nextAttemptAt) {

    public static Symptom of(AttemptRecord attempt) {
        return new Symptom(
                attempt.outcome(),
                attempt.statusCode(),
                attempt.failure(),
                attempt.detail(),
                attempt.timings(),
                attempt.responseExcerpt(),
                attempt.test(),
                attempt.startedAt(),
                attempt.certificateExpiresAt(),
                attempt.verdict(),
                attempt.nextAttemptAt());
    }

    /// Whether delivery-service's sentence has one of these words, all in lower case.
    boolean says(String... words) {
        return Text.contains(detail, words);
    }

    /// Whether the answer's body has one of these words, all in lower case.
    boolean answers(String... words) {
        return Text.contains(excerpt, words);
    }

    /// Whether the certificate had expired when it was shown.
    boolean isCertificateExpired() {
        return certificateExpiresAt != null && certificateExpiresAt.isBefore(startedAt);
    }
}
