package com.avoma.webhooks.config.erasure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How organizations are erased.
///
/// @param settleFor how long records of an erased organization may still come from Kafka: the
///   longest way of a delivery through its retries, and the retention of `delivery-attempts` for a
///   log that is behind. Shorter forgets the organization's uuid sooner, and lets its last attempts
///   into the log again
@ConfigurationProperties(prefix = "webhooks.erasure", ignoreUnknownFields = false)
public record ErasureProperties(@DefaultValue("9d") Duration settleFor) {
    public ErasureProperties {
        if (settleFor.isNegative()) {
            throw new IllegalArgumentException("settle-for: " + settleFor + " (expected: >= 0)");
        }
    }
}
