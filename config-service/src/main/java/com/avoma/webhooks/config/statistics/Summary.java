package com.avoma.webhooks.config.statistics;

import com.avoma.webhooks.config.deliverylog.AttemptTally;
import com.avoma.webhooks.config.deliverylog.Histogram;
import com.avoma.webhooks.config.statistics.StatisticsAnswer.Bucket;
import com.avoma.webhooks.config.statistics.StatisticsAnswer.Percentiles;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Adds up counts of attempts: what delivered, what failed, how long it took and how long we did.
final class Summary {
    private final Histogram delivered = new Histogram();
    private final Histogram failed = new Histogram();
    private final Histogram delay = new Histogram();

    /// One slot's count, as the log keeps it.
    record Count(Instant at, int measure, int slot, long times) {}

    static StatisticsAnswer of(
            Period period,
            List<Count> counts,
            @Nullable Instant certificateExpiresAt,
            @Nullable String certificateWarning) {
        var all = new Summary();
        var buckets = period.buckets().stream().map(_ -> new Summary()).toList();
        for (var count : counts) {
            all.add(count);
            buckets.get(period.index(count.at())).add(count);
        }
        return new StatisticsAnswer(
                period.from(),
                period.until(),
                all.delivered.count(),
                all.failed.count(),
                all.successRate(),
                all.latency(),
                percentiles(all.delay),
                certificateExpiresAt,
                certificateWarning,
                IntStream.range(0, buckets.size())
                        .mapToObj(i -> buckets.get(i).bucket(period.buckets().get(i)))
                        .toList());
    }

    private void add(Count count) {
        var histogram =
                switch (count.measure()) {
                    case AttemptTally.DELIVERED -> delivered;
                    case AttemptTally.FAILED -> failed;
                    case AttemptTally.DELAY -> delay;
                    default ->
                            throw new IllegalArgumentException(
                                    "measure: " + count.measure() + " (expected: 0 to 2)");
                };
        histogram.add(count.slot(), count.times());
    }

    private Bucket bucket(Instant from) {
        return new Bucket(
                from,
                delivered.count(),
                failed.count(),
                successRate(),
                latency(),
                percentiles(delay));
    }

    private @Nullable Double successRate() {
        long all = delivered.count() + failed.count();
        return all == 0 ? null : (Double) ((double) delivered.count() / all);
    }

    private Percentiles latency() {
        var all = new Histogram();
        all.add(delivered);
        all.add(failed);
        return percentiles(all);
    }

    private static Percentiles percentiles(Histogram histogram) {
        return new Percentiles(
                histogram.percentile(0.5), histogram.percentile(0.95), histogram.percentile(0.99));
    }
}
