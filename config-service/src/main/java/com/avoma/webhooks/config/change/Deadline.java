package com.avoma.webhooks.config.change;

import java.time.Duration;

/// When a request gives up, by this JVM's monotonic clock.
///
/// @param nanoTime as [System#nanoTime] counts
record Deadline(long nanoTime) {
    /// A publication ends before the request does, by more than a statement takes to PostgreSQL:
    /// what was refused is then never published afterwards.
    private static final Duration MARGIN = Duration.ofMillis(100);

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// At least a nanosecond.
    Duration left() {
        return Duration.ofNanos(Math.max(1, nanoTime - System.nanoTime()));
    }

    /// Negative where it is too late.
    Duration leftToPublish() {
        return Duration.ofNanos(nanoTime - System.nanoTime()).minus(MARGIN);
    }
}
