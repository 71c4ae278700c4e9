package com.avoma.webhooks.delivery.isolation;

import java.time.Duration;

/// When each job of a webhook that is put off comes back: one after the other, as fast as the
/// webhook drains, so that there is no stampede. Where that is too far off to be foreseen they are
/// spread evenly over a span that grows with their number, which bounds how often each is written
/// again.
final class Pace {
    static final long SHORTEST = Duration.ofSeconds(1).toNanos();
    static final long SPAN = Duration.ofSeconds(30).toNanos();
    static final long LONGEST = Duration.ofMinutes(5).toNanos();

    /// How many a second are written again at the most, until the longest span is reached.
    static final int REWRITES_PER_SECOND = 200;

    private static final double GOLDEN = 0.618033988749895;
    private static final long FASTEST = Duration.ofSeconds(1).toNanos() / 5_000;

    private long nextSlot;
    private boolean begun;
    private double spread;

    /// A slot of its own.
    ///
    /// @param interval nanoseconds that the webhook takes for one
    /// @param outstanding how many are put off
    /// @return nanoseconds from now
    long next(long interval, long outstanding, long now) {
        long span = span(outstanding);
        if (!begun || nextSlot - now < SHORTEST) {
            nextSlot = now + SHORTEST;
            begun = true;
        }
        long delay = nextSlot - now;
        if (delay <= span) {
            nextSlot += Math.max(FASTEST, interval);
            return delay;
        }
        return span / 2 + share(span / 2);
    }

    /// A place somewhere after the time, for those that wait for a probe to succeed.
    long after(long time, long outstanding) {
        return Math.max(SHORTEST, time) + share(span(outstanding));
    }

    /// Forgets the slots given out: the webhook drains at another rate now.
    void reset() {
        begun = false;
    }

    private long share(long span) {
        // fills a span evenly, however many there are
        spread = (spread + GOLDEN) % 1;
        return (long) (spread * span);
    }

    private static long span(long outstanding) {
        long needed = outstanding * (Duration.ofSeconds(1).toNanos() / REWRITES_PER_SECOND);
        return Math.clamp(needed, SPAN, LONGEST);
    }
}
