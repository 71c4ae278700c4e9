package com.avoma.webhooks.config.housekeeping;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How tidy the database is kept.
///
/// @param interval how often each instance deletes rows whose time is over; more often makes each
///   time cheaper
@ConfigurationProperties(prefix = "webhooks.housekeeping", ignoreUnknownFields = false)
public record HousekeepingProperties(@DefaultValue("1m") Duration interval) {
    public HousekeepingProperties {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: > 0)");
        }
    }
}
