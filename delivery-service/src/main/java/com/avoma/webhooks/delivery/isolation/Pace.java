package com.avoma.webhooks.delivery.isolation;

import java.time.Duration;

/// When each job of a webhook that is put off comes back: one after the other, as fast as the
/// webhook drains, so that there is no stampede. Where that is too far off to be foreseen they are
/// spread evenly over a span. It is twice as long as jobs have been put off, so that a receiver
/// which paused for a moment gets what was held up a moment later, and grows with their number,
/// which bounds how often each is written again.
final class Pace {
    static final long SHORTEST = Duration.ofSeconds(1).toNanos();

    /// Few are looked at again within this however long it has lasted.
    static final long SPAN = Duration.ofSeconds(30).toNanos();

    static final long LONGEST = Duration.ofMinutes(5).toNanos();

    /// How many a second are written again at the most, until the longest span is reached.
    static final int REWRITES_PER_SECOND = 200;

    private static final double GOLDEN = 0.618033988749895;
    private static final long FASTEST = Duration.ofSeconds(1).toNanos() / 5_000;

    private long nextSlot;
    private boolean begun;
    private long since;
    private long until;
    private double spread;

    /// A slot of its own.
    ///
    /// @param interval nanoseconds that the webhook takes for one
    /// @param outstanding how many are put off
    /// @return nanoseconds from now
    long next(long interval, long outstanding, long now) {
        long span = span(outstanding, now);
        nextSlot = Math.max(nextSlot, now + SHORTEST);
        long delay = nextSlot - now;
        if (delay > span) {
            return putOff(span / 2 + share(span / 2), now);
        }
        nextSlot += Math.max(FASTEST, interval);
        return putOff(delay, now);
    }

    /// A place somewhere after the time, for those that wait for a probe to succeed.
    ///
    /// @param time nanoseconds from now
    long after(long time, long outstanding, long now) {
        return putOff(Math.max(SHORTEST, time) + share(span(outstanding, now)), now);
    }

    /// Forgets the slots given out and how long it has lasted: the webhook drains at another rate
    /// now.
    void reset() {
        begun = false;
    }

    private long putOff(long delay, long now) {
        until = Math.max(until, now + delay);
        return delay;
    }

    private long share(long span) {
        // fills a span evenly, however many there are
        spread = (spread + GOLDEN) % 1;
        return (long) (spread * span);
    }

    private long span(long outstanding, long now) {
        // where all have come back and none was put off again it was over
        if (!begun || now - until > SHORTEST) {
            begun = true;
            since = now;
            until = now;
            nextSlot = now;
        }
        long needed = outstanding * (Duration.ofSeconds(1).toNanos() / REWRITES_PER_SECOND);
        return Math.clamp(
                Math.max(needed, Math.min(SPAN, 2 * (now - since))), 2 * SHORTEST, LONGEST);
    }
}
