package com.avoma.webhooks.delivery.isolation;

import java.time.Duration;
import java.util.Arrays;

/// Stops sending to an endpoint that fails and fails. It opens when so many different events have
/// failed in a row, with nothing delivered for ten seconds: one event that goes up its ladder, or a
/// few, never open it, so that the promised times of their retries hold. Open, it lets one probe
/// through after a second, then after twice the time, up to half a minute.
final class Circuit {
    static final int EVENTS = 20;
    static final long STREAK = Duration.ofSeconds(10).toNanos();
    static final long SHORTEST = Duration.ofSeconds(1).toNanos();
    static final long LONGEST = Duration.ofSeconds(30).toNanos();

    private static final int[] NONE = {};

    private int[] failed = NONE;
    private int count;
    private long streakSince;
    private boolean open;
    private boolean probing;
    private long period;
    private long nextProbe;

    boolean isOpen() {
        return open;
    }

    /// Whether an attempt may be made now: always where it is closed, else as the next probe.
    boolean admits(long now) {
        return !open || (!probing && now - nextProbe >= 0);
    }

    /// An attempt is made.
    ///
    /// @return whether it is a probe
    boolean started() {
        probing = open;
        return probing;
    }

    /// Nanoseconds until the next probe may be made; 0 where it may be, or is under way.
    long untilProbe(long now) {
        return open ? Math.max(0, nextProbe - now) : 0;
    }

    /// Any success closes it.
    ///
    /// @return whether it was open
    boolean succeeded() {
        boolean wasOpen = open;
        open = false;
        probing = false;
        count = 0;
        failed = NONE;
        return wasOpen;
    }

    /// @param event a number that tells events apart
    /// @param probe whether it was one
    void failed(int event, boolean probe, long now) {
        if (open) {
            if (probe) {
                reopen(Math.min(LONGEST, period * 2), now);
            }
            return;
        }
        if (count == 0) {
            streakSince = now;
            failed = new int[EVENTS];
        }
        if (count < EVENTS && Arrays.stream(failed, 0, count).noneMatch(one -> one == event)) {
            failed[count++] = event;
        }
        if (count == EVENTS && now - streakSince >= STREAK) {
            reopen(SHORTEST, now);
        }
    }

    /// The probe came to nothing: no attempt was made.
    void abandoned() {
        probing = false;
    }

    private void reopen(long time, long now) {
        open = true;
        probing = false;
        period = time;
        nextProbe = now + time;
    }
}
