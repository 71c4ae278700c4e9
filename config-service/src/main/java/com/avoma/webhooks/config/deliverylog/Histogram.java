package com.avoma.webhooks.config.deliverylog;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts of durations in slots that grow by a twentieth, so that a percentile is within 2.5 % of
/// the truth (to a millisecond below 20) and histograms add up.
public final class Histogram {
    private static final int EXACT = 20;
    private static final double GROWTH = 1.05;
    private static final long LONGEST = 366L * 24 * 60 * 60 * 1_000;

    private final SortedMap<Integer, Long> slots = new TreeMap<>();
    private long count;

    /// The slot of a duration; one below 0 counts as 0, one beyond a year as a year.
    ///
    /// @param millis a duration
    public static int slot(long millis) {
        if (millis < EXACT) {
            return (int) Math.max(0, millis);
        }
        double growth = (double) Math.min(millis, LONGEST) / EXACT;
        return EXACT + (int) (Math.log(growth) / Math.log(GROWTH));
    }

    /// The middle of a slot, in milliseconds.
    public static long millis(int slot) {
        if (slot < EXACT) {
            return slot;
        }
        return Math.round(EXACT * Math.pow(GROWTH, slot - EXACT + 0.5));
    }

    public void add(int slot, long times) {
        slots.merge(slot, times, Long::sum);
        count += times;
    }

    public void add(Histogram that) {
        that.slots.forEach(this::add);
    }

    public long count() {
        return count;
    }

    /// The duration that this share of all does not exceed, in milliseconds; null where there is
    /// none at all.
    ///
    /// @param share in (0, 1]
    public @Nullable Long percentile(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (Map.Entry<Integer, Long> slot : slots.entrySet()) {
            seen += slot.getValue();
            if (seen >= rank && seen > 0) {
                return millis(slot.getKey());
            }
        }
        return null;
    }
}
