package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.dispatcher.event.SchemaCheck;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How events are taken in.
///
/// @param largestBody bytes a webhook body may have, as it came and normalised; a larger one is
///   dead-lettered. Kafka's own limit on a record must be above it
/// @param schemaValidation what is done about a body that violates its type's JSON Schema: `off`,
///   `warn` or `reject`
/// @param schemaChecksPerSecond how many bodies an instance looks at where it is to warn; what is
///   beyond goes unchecked, so that a backlog drains at full speed
@Validated
@ConfigurationProperties(prefix = "webhooks.events", ignoreUnknownFields = false)
public record IntakeProperties(
        @DefaultValue("262144") @Min(1024) @Max(768 * 1024) int largestBody,
        @DefaultValue("warn") SchemaCheck.Mode schemaValidation,
        @DefaultValue("200") @Min(1) int schemaChecksPerSecond) {}
