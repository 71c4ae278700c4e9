package com.avoma.webhooks.config.testsend;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How webhooks are tried out.
///
/// @param patience how long a request waits for its attempt: delivery-service's
///   `webhooks.delivery.attempt-timeout` and some seconds for the way there and back; less gives up
///   on receivers that answer late
/// @param atOnce test sends that an instance waits for at a time; each takes a connection to the
///   brokers and reads a partition of `delivery-attempts` meanwhile. More are answered with 429
@ConfigurationProperties(prefix = "webhooks.test-sends", ignoreUnknownFields = false)
public record TestSendProperties(
        @DefaultValue("20s") Duration patience, @DefaultValue("8") int atOnce) {

    public TestSendProperties {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: > 0)");
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("at-once: " + atOnce + " (expected: > 0)");
        }
    }
}
