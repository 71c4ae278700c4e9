package com.avoma.webhooks.config.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a task is.
///
/// @param finished null: it is running, or waits for an instance to go on with it
/// @param organizations done so far
/// @param total organizations that there are now
/// @param changed of those done, how many were published anew
/// @param unreadable of those done, how many have a secret that no key of the keyset opens; they
///   were left as they are
public record Progress(
        String task,
        Instant requested,
        @Nullable Instant finished,
        long organizations,
        long total,
        long changed,
        long unreadable) {}
