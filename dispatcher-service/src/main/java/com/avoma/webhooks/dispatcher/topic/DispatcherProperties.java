package com.avoma.webhooks.dispatcher.topic;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// What tells one instance of this service from another.
///
/// @param instanceId part of the transactional ids: different for each running instance, the same
///   when an instance comes back. Default: the host's name and the management port
@Validated
@ConfigurationProperties(prefix = "webhooks.dispatcher", ignoreUnknownFields = false)
public record DispatcherProperties(@NotBlank String instanceId) {}
