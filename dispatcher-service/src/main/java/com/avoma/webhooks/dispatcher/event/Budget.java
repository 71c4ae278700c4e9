package com.avoma.webhooks.dispatcher.event;

import java.util.function.LongSupplier;

/// So many of something in each second, and no more. Thread-safe.
public final class Budget {
    private static final long SECOND = 1_000_000_000;

    private final int perSecond;
    private final LongSupplier nanos;
    private long begun;
    private int left;

    /// @param nanos a clock that never goes back, such as [System#nanoTime]
    public Budget(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        begun = nanos.getAsLong();
        left = perSecond;
    }

    /// Takes one.
    ///
    /// @return false where this second's are spent
    public synchronized boolean take() {
        long now = nanos.getAsLong();
        if (now - begun >= SECOND) {
            begun = now;
            left = perSecond;
        }
        return left > 0 && left-- > 0;
    }
}
