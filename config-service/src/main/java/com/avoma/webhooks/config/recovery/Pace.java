package com.avoma.webhooks.config.recovery;

import java.util.function.LongSupplier;

/// So many a second, evenly. Pure but for the clock; not thread-safe.
final class Pace {
    private static final long SECOND = 1_000_000_000;

    private final long step;
    private final LongSupplier nanos;
    private long next;

    /// @param nanos a clock that never goes back, such as [System#nanoTime]
    Pace(int perSecond, LongSupplier nanos) {
        this.step = Math.max(1, SECOND / perSecond);
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /// Takes a turn.
    ///
    /// @return nanoseconds to wait for it; time that went by unused is not made up for
    long take() {
        long now = nanos.getAsLong();
        long turn = next - now > 0 ? next : now;
        next = turn + step;
        return turn - now;
    }
}
