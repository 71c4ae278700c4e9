package com.avoma.webhooks.config.deliverylog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the delivery log is kept.
///
/// @param retention how long, in whole days from the event, the log shows a delivery; then its day
///   is dropped, and only the ledger's totals of it stay. Longer costs disk: about a gigabyte for a
///   million deliveries. At least three days: retries alone take two
/// @param consumers threads of each instance that take records off Kafka; more write more at once
///   where PostgreSQL has cores to spare, and each needs a connection of its own
@ConfigurationProperties(prefix = "webhooks.log", ignoreUnknownFields = false)
public record LogProperties(
        @DefaultValue("30d") Duration retention, @DefaultValue("2") int consumers) {
    private static final Duration LEAST = Duration.ofDays(3);

    public LogProperties {
        if (retention.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "retention: " + retention + " (expected: at least 3d)");
        }
        if (consumers < 1) {
            throw new IllegalArgumentException("consumers: " + consumers + " (expected: > 0)");
        }
    }
}
