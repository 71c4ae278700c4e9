package com.avoma.webhooks.delivery;

import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.Topics;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `webhooks.topics`
///
/// @param prefix put before every topic's name, so that installations can share brokers
/// @param partitions of topics that this service creates. More of them spread over more instances
/// @param replicationFactor of topics that this service creates; -1: the brokers' default
@ConfigurationProperties(prefix = "webhooks.topics", ignoreUnknownFields = false)
public record TopicsProperties(
        @DefaultValue("") String prefix,
        @DefaultValue("12") int partitions,
        @DefaultValue("-1") int replicationFactor) {

    public TopicsProperties {
        if (partitions <= 0) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: > 0)");
        }
        if (replicationFactor == 0 || replicationFactor < -1) {
            throw new IllegalArgumentException(
                    "replication-factor: " + replicationFactor + " (expected: -1 or > 0)");
        }
    }

    public Topics names() {
        return new Topics(prefix);
    }

    public TopicCatalog catalog() {
        return new TopicCatalog(names());
    }
}
