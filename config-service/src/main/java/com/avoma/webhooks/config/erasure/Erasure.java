package com.avoma.webhooks.config.erasure;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far the erasure of an organization is.
///
/// @param erasedAt when nothing of it was left in the database for the first time; null: not yet
/// @param settlesAt until then what still comes of it from Kafka is left out of the log
/// @param finishedAt when the organization itself was forgotten, here and by the other services
public record Erasure(
        UUID organizationUuid,
        Instant requestedAt,
        @Nullable Instant erasedAt,
        Instant settlesAt,
        @Nullable Instant finishedAt) {}
