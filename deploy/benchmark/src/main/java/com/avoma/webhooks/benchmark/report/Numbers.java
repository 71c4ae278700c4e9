package com.avoma.webhooks.benchmark.report;

import java.util.Locale;

/// Figures for people: about three digits that count.
public final class Numbers {
    private Numbers() {}

    public static String text(double value) {
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.3f", value);
    }
}
