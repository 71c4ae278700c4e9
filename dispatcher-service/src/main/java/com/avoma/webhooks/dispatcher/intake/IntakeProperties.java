package com.avoma.webhooks.dispatcher.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How events are taken in.
///
/// @param largestBody bytes a webhook body may have, as it came and normalised; a larger one is
///   dead-lettered. Kafka's own limit on a record must be above it
@Validated
@ConfigurationProperties(prefix = "webhooks.events", ignoreUnknownFields = false)
public record IntakeProperties(
        @DefaultValue("262144") @Min(1024) @Max(768 * 1024) int largestBody) {}
