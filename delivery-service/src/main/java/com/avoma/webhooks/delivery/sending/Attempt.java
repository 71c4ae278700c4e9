package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One POST that was made.
///
/// @param took from the first look-up until the outcome and the excerpt were known
/// @param timings of each phase
/// @param excerpt the first bytes of the answer's body as text; null where there was none
/// @param certificateExpiresAt when the receiver's certificate does; null where this attempt made
///   no TLS handshake of its own
public record Attempt(
        Outcome outcome,
        Instant startedAt,
        Duration took,
        Timings timings,
        @Nullable String excerpt,
        @Nullable Instant certificateExpiresAt) {}
