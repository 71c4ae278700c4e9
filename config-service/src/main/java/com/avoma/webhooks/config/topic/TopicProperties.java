package com.avoma.webhooks.config.topic;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The topics of this installation.
///
/// @param prefix put before every topic's name, so that installations can share brokers
/// @param partitions of a topic that is created; more allow more instances side by side, and cannot
///   be taken back
/// @param replicationFactor of a topic that is created; -1: the broker's default
@ConfigurationProperties(prefix = "webhooks.topics", ignoreUnknownFields = false)
public record TopicProperties(
        @DefaultValue("") String prefix,
        @DefaultValue("12") int partitions,
        @DefaultValue("-1") int replicationFactor) {

    public TopicProperties {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: > 0)");
        }
        if (replicationFactor < 1 && replicationFactor != -1) {
            throw new IllegalArgumentException(
                    "replication-factor: " + replicationFactor + " (expected: > 0, or -1)");
        }
    }
}
