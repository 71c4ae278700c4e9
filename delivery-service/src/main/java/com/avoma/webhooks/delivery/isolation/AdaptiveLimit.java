package com.avoma.webhooks.delivery.isolation;

import java.time.Duration;

/// How many attempts at a time an endpoint is good for. Grows by one with each success (slow start)
/// until something speaks against it, from then on by one a round; only while it is used. Halves
/// where the endpoint is not reached, an attempt hangs or nearly all answers say that it is
/// overloaded, and by the square of their share where some do: what fails one event in ten is no
/// sign that fewer at a time would do better. Shrinks where it takes well over its own least time,
/// both smoothed, so that one quick answer is no measure of the others. What is still under way
/// counts: a hanging endpoint shows within a second.
final class AdaptiveLimit {
    static final int INITIAL = 4;

    private static final long HANGS_AFTER = Duration.ofSeconds(1).toNanos();
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final long SLACK = Duration.ofMillis(250).toNanos();
    private static final int WELL_OVER = 4;

    /// So many attempts make a time worth comparing with.
    private static final int ENOUGH = 8;

    private static final double HALF = 0.5;
    private static final double SOME = 0.8;

    /// What one answer weighs in the share of those that say that it is overloaded.
    private static final double WEIGHT = 0.1;

    private final int most;
    private double limit;
    private boolean slowStart = true;
    private boolean decreased;
    private long lastDecrease;
    private double overloaded;
    private long smoothed;
    private int observed;
    private long least = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;
    private long windowEnd;

    /// @param most it grows to
    AdaptiveLimit(int most) {
        this.most = most;
        this.limit = Math.min(INITIAL, most);
    }

    int permits() {
        return Math.max(1, (int) limit);
    }

    /// How long an attempt takes, in nanoseconds, smoothed; 0 where nothing is known.
    long latency() {
        return smoothed;
    }

    /// An attempt has ended.
    ///
    /// @param inFlight how many were under way, this one too
    void ended(Result result, long startedAt, long now, int inFlight) {
        long took = Math.max(1, now - startedAt);
        if (result != Result.UNREACHABLE || took > smoothed) {
            observe(took, now);
        }
        overloaded += WEIGHT * ((result == Result.OVERLOADED ? 1 : 0) - overloaded);
        switch (result) {
            case DELIVERED, REFUSED -> {
                if (isStrained()) {
                    decrease(SOME, startedAt, now);
                } else if (result == Result.DELIVERED && inFlight * 2 >= permits()) {
                    limit = Math.min(most, limit + (slowStart ? 1 : 1 / limit));
                }
            }
            case OVERLOADED ->
                    decrease(Math.max(HALF, 1 - overloaded * overloaded), startedAt, now);
            case UNREACHABLE -> decrease(HALF, startedAt, now);
        }
    }

    /// Takes the attempts under way as evidence.
    ///
    /// @param oldest nanoseconds that the oldest has been under way
    void aged(long oldest, long now) {
        if (hangs(oldest)) {
            decrease(HALF, now - HANGS_AFTER, now);
        }
    }

    /// Whether an attempt under way for so long is beyond what the endpoint usually takes.
    boolean hangs(long oldest) {
        return oldest > HANGS_AFTER + WELL_OVER * smoothed;
    }

    /// Begins again with one, after an outage.
    void restart() {
        limit = 1;
        slowStart = true;
        overloaded = 0;
        smoothed = 0;
        observed = 0;
    }

    private void observe(long took, long now) {
        smoothed = smoothed == 0 ? took : smoothed + (long) (0.3 * (took - smoothed));
        if (windowEnd == 0 || now - windowEnd >= 0) {
            leastBefore = least;
            least = Long.MAX_VALUE;
            windowEnd = now + WINDOW;
        }
        if (observed < ENOUGH) {
            observed++;
        } else {
            least = Math.min(least, smoothed);
        }
    }

    private boolean isStrained() {
        long best = Math.min(least, leastBefore);
        return best != Long.MAX_VALUE && smoothed > WELL_OVER * best + SLACK;
    }

    /// Once a round: attempts that began before the last decrease say nothing new.
    private void decrease(double factor, long startedAt, long now) {
        if (decreased && startedAt - lastDecrease < 0) {
            return;
        }
        limit = Math.max(1, limit * factor);
        slowStart = false;
        decreased = true;
        lastDecrease = now;
    }
}
