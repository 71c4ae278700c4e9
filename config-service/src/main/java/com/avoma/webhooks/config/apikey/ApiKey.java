package com.avoma.webhooks.config.apikey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An API key as it is listed.
///
/// @param lastUsedAt to the minute; null: never
public record ApiKey(
        String clientKey, String name, Instant created, @Nullable Instant lastUsedAt) {}
