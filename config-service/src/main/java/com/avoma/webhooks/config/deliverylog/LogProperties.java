package com.avoma.webhooks.config.deliverylog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the delivery log is kept.
///
/// @param retention how long, in whole days from the event, the log shows a delivery; then its day
///   is dropped, and only the ledger's totals of it stay. Longer costs disk: about a gigabyte for a
///   million deliveries. At least three days: retries alone take two
/// @param excerpts how long, in whole days from the event, the beginnings of receivers' answers are
///   kept: they may repeat what was sent. Shorter erases sooner, and leaves less to find a
///   receiver's fault by
/// @param statistics how long attempts stay counted for statistics, which name nobody; longer costs
///   disk, some megabytes a year for a busy webhook
/// @param consumers threads of each instance that take records off Kafka; more write more at once
///   where PostgreSQL has cores to spare, and each needs a connection of its own
@ConfigurationProperties(prefix = "webhooks.log", ignoreUnknownFields = false)
public record LogProperties(
        @DefaultValue("30d") Duration retention,
        @DefaultValue("30d") Duration excerpts,
        @DefaultValue("366d") Duration statistics,
        @DefaultValue("2") int consumers) {
    private static final Duration LEAST = Duration.ofDays(3);
    private static final Duration DAY = Duration.ofDays(1);

    public LogProperties {
        if (retention.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "retention: " + retention + " (expected: at least 3d)");
        }
        if (excerpts.isNegative()) {
            throw new IllegalArgumentException("excerpts: " + excerpts + " (expected: at least 0)");
        }
        if (statistics.compareTo(DAY) < 0) {
            throw new IllegalArgumentException(
                    "statistics: " + statistics + " (expected: at least 1d)");
        }
        if (consumers < 1) {
            throw new IllegalArgumentException("consumers: " + consumers + " (expected: > 0)");
        }
    }
}
