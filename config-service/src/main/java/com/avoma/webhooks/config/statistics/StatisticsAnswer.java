package com.avoma.webhooks.config.statistics;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statistics of a webhook: of its attempts, without test sends.
///
/// @param delivered attempts that were
/// @param failed attempts that were not
/// @param successRate of the attempts, from 0 to 1; null: there was none
/// @param latencyMs how long the receiver took: whole attempts
/// @param delayMs how long we took: from the event to the beginning of its first attempt
/// @param certificateExpiresAt of the receiver's certificate, as the last handshake showed it
/// @param certificateWarning a sentence where it expires soon, or has
@Schema(name = "Statistics")
public record StatisticsAnswer(
        Instant from,
        Instant until,
        long delivered,
        long failed,
        @Nullable Double successRate,
        Percentiles latencyMs,
        Percentiles delayMs,
        @Nullable Instant certificateExpiresAt,
        @Nullable String certificateWarning,
        List<Bucket> buckets) {

    /// Milliseconds, within 3 %; null where there was no attempt.
    @Schema(name = "Percentiles")
    public record Percentiles(@Nullable Long p50, @Nullable Long p95, @Nullable Long p99) {}

    /// A part of the time.
    ///
    /// @param from its beginning; it ends where the next one begins
    @Schema(name = "StatisticsBucket")
    public record Bucket(
            Instant from,
            long delivered,
            long failed,
            @Nullable Double successRate,
            Percentiles latencyMs,
            Percentiles delayMs) {}
}
