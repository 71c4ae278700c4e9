package com.avoma.webhooks.config.recovery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How recoveries are worked.
///
/// @param rate deliveries that one recovery sends in a second at the most; more is over sooner, and
///   leaves live deliveries less of what the service and the receiver can do
/// @param workers recoveries that an instance works on at a time; others wait for their turn. Each
///   takes a connection to the brokers and a thread
/// @param lease how long an instance may be silent before another one goes on with its recovery;
///   short leases take over sooner, and from an instance that was only slow
@ConfigurationProperties(prefix = "webhooks.recovery", ignoreUnknownFields = false)
public record RecoveryProperties(
        @DefaultValue("200") int rate,
        @DefaultValue("2") int workers,
        @DefaultValue("20s") Duration lease) {

    public RecoveryProperties {
        if (rate < 1) {
            throw new IllegalArgumentException("rate: " + rate + " (expected: > 0)");
        }
        if (workers < 1) {
            throw new IllegalArgumentException("workers: " + workers + " (expected: > 0)");
        }
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("lease: " + lease + " (expected: at least 1s)");
        }
    }
}
