package com.avoma.webhooks.benchmark.report;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One figure of a scenario, measured in each run.
///
/// @param goal what it should come to; null where there is no goal
public record Series(String name, List<Double> values, @Nullable Goal goal) {
    public Series {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + ": no values (expected: at least one)");
        }
        values = List.copyOf(values);
    }

    public static Series of(String name, List<Double> values) {
        return new Series(name, values, null);
    }

    public static Series of(String name, double value) {
        return new Series(name, List.of(value), null);
    }

    public Series named(String other) {
        return new Series(other, values, goal);
    }

    public double median() {
        var sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double min() {
        return sorted()[0];
    }

    public double max() {
        return sorted()[values.size() - 1];
    }

    private double[] sorted() {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
