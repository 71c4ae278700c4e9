package com.avoma.webhooks.dispatcher.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What one instance of this service does.
///
/// @param instanceId part of the transactional ids: different for each running instance, the same
///   when an instance comes back. Default: the host's name and the management port
/// @param threads that dispatch, each with a consumer and a producer of its own; more use more
///   cores and more memory
/// @param transactionRecords jobs, decisions and dead letters after which a transaction is
///   committed within a batch of events: a larger one is cheaper, a smaller one holds back readers
///   of committed records for less time. An event is never divided, so one with more jobs makes a
///   larger one
/// @param transactionSize the same bound in bytes of keys and values
@Validated
@ConfigurationProperties(prefix = "webhooks.dispatcher", ignoreUnknownFields = false)
public record DispatcherProperties(
        @NotBlank String instanceId,
        @DefaultValue("2") @Min(1) @Max(256) int threads,
        @DefaultValue("5000") @Min(1) int transactionRecords,
        @DefaultValue("16MB") DataSize transactionSize) {}
