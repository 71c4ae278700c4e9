package com.avoma.webhooks.dispatcher.topic;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The topics of this installation; the same for every service of it.
///
/// @param prefix put before each topic's name, so that installations can share brokers
/// @param partitions of a topic that this service creates; bounds how many instances share its work
/// @param replicationFactor of a topic that this service creates; -1 is the brokers' default
@Validated
@ConfigurationProperties(prefix = "webhooks.topics", ignoreUnknownFields = false)
public record TopicsProperties(
        @DefaultValue("") String prefix,
        @DefaultValue("12") @Min(1) int partitions,
        @DefaultValue("-1") @Min(-1) int replicationFactor) {}
