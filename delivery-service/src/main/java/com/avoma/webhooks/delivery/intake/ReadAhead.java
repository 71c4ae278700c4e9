package com.avoma.webhooks.delivery.intake;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that were read and not started, of all partitions of the process. Each lane may take
/// [#ASSURED] of its own whatever the others hold. Thread-safe.
public final class ReadAhead {
    static final long ASSURED = 64 * 1024;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /// @param most bytes
    public ReadAhead(long most) {
        this.most = most;
    }

    void changed(long bytes) {
        held.addAndGet(bytes);
    }

    boolean isUsedUp() {
        return held.get() >= most;
    }

    boolean isHalfUsed() {
        return held.get() * 2 >= most;
    }

    long held() {
        return held.get();
    }
}
