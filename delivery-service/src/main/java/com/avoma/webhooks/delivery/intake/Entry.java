package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.isolation.Rank;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record that was read.
///
/// @param webhook whose line it joins
/// @param at when it is to be looked at; null: at once
/// @param eventTime of those that are behind others the newest goes first
/// @param size bytes that it takes in memory
/// @param item what is held
record Entry<T>(
        long offset,
        UUID webhook,
        Rank rank,
        @Nullable Instant at,
        Instant eventTime,
        int size,
        T item) {}
