package com.avoma.webhooks.config.console.delivery;

import com.avoma.webhooks.config.statistics.StatisticsAnswer;
import com.avoma.webhooks.config.statistics.StatisticsAnswer.Bucket;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How a webhook did over a day, with its chart.
///
/// @param delivered attempts by bar, oldest first, separated by commas
/// @param failed the same
/// @param lastFailure when the latest failed attempt began; null: there was none
record HealthRow(
        StatisticsAnswer day, String delivered, String failed, @Nullable Instant lastFailure) {
    private static final int BARS = 24;

    /// A part of the day.
    record Part(Instant from, Instant until) {}

    /// @param lastFailure null: there was none
    static HealthRow of(StatisticsAnswer day, @Nullable Instant lastFailure) {
        return new HealthRow(
                day,
                bars(day.buckets(), Bucket::delivered),
                bars(day.buckets(), Bucket::failed),
                lastFailure);
    }

    /// The last part of the day in which an attempt failed; null where none did.
    static @Nullable Part lastToFail(StatisticsAnswer day) {
        var until = day.until();
        for (var bucket : day.buckets().reversed()) {
            if (bucket.failed() > 0) {
                return new Part(bucket.from(), until);
            }
            until = bucket.from();
        }
        return null;
    }

    private static String bars(List<Bucket> buckets, ToLongFunction<Bucket> count) {
        long[] bars = new long[BARS];
        for (int i = 0; i < buckets.size(); i++) {
            bars[i * BARS / buckets.size()] += count.applyAsLong(buckets.get(i));
        }
        return IntStream.range(0, BARS)
                .mapToObj(i -> Long.toString(bars[i]))
                .collect(Collectors.joining(","));
    }
}
