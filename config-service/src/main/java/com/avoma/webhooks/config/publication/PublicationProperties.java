package com.avoma.webhooks.config.publication;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How changes get to Kafka.
///
/// @param patience how long a change waits for its publication before it is taken back and refused
///   with 503; short patience refuses changes that a slow broker would have taken
/// @param lease how long an instance may publish without renewing; after a crash, changes wait this
///   long for another instance
/// @param pollInterval how often the publishing instance looks for changes that other instances
///   made; its own it publishes at once
/// @param brokerTimeout how long a broker has to answer before a change is begun
@ConfigurationProperties(prefix = "webhooks.publication", ignoreUnknownFields = false)
public record PublicationProperties(
        @DefaultValue("5s") Duration patience,
        @DefaultValue("3s") Duration lease,
        @DefaultValue("50ms") Duration pollInterval,
        @DefaultValue("1s") Duration brokerTimeout) {

    public PublicationProperties {
        positive("patience", patience);
        positive("lease", lease);
        positive("poll-interval", pollInterval);
        positive("broker-timeout", brokerTimeout);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
