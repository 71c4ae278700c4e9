package com.avoma.webhooks.systemtests;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How late things were, from first to last.
record Lateness(List<Duration> sorted) {
    static Lateness of(Stream<Duration> each) {
        return new Lateness(each.sorted().toList());
    }

    private double milliseconds(double share) {
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)).toNanos() / 1e6;
    }

    @Override
    public String toString() {
        return sorted.isEmpty()
                ? "nothing came"
                : String.format(
                        Locale.ROOT,
                        "late by p50 %.0f ms, p99 %.0f ms, at most %.0f ms",
                        milliseconds(0.5),
                        milliseconds(0.99),
                        milliseconds(1));
    }
}
