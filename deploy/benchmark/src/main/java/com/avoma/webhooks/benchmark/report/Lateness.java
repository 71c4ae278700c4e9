package com.avoma.webhooks.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// How late requests were at a fixed rate, in milliseconds: percentiles, a value for each run.
///
/// @param rate events or jobs a second
/// @param isKept whether requests arrived as quickly as that
/// @param percentiles in the order of [#PERCENTILES]
public record Lateness(String name, int rate, boolean isKept, List<Series> percentiles) {
    /// The last one is the largest value.
    public static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 100.0);

    private static final double MICROS_PER_MS = 1000;

    public Lateness {
        percentiles = List.copyOf(percentiles);
    }

    /// @param runs in microseconds
    public static Lateness of(String name, int rate, boolean isKept, List<Histogram> runs) {
        List<Series> percentiles = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            var values =
                    runs.stream()
                            .map(run -> run.getValueAtPercentile(percentile) / MICROS_PER_MS)
                            .toList();
            percentiles.add(Series.of(label(percentile), values));
        }
        return new Lateness(name, rate, isKept, percentiles);
    }

    /// `p99`, `p99.9`; that of 100 is `max`.
    public static String label(double percentile) {
        if (percentile == 100) {
            return "max";
        }
        return "p"
                + String.format(
                        Locale.ROOT,
                        percentile == Math.rint(percentile) ? "%.0f" : "%.1f",
                        percentile);
    }

    /// One of [#PERCENTILES].
    public Series at(double percentile) {
        return percentiles.get(PERCENTILES.indexOf(percentile));
    }
}
