package com.avoma.webhooks.benchmark.report;

import java.util.Locale;

/// What a figure should come to.
public record Goal(Bound bound, double value) {
    public enum Bound {
        AT_LEAST("at least "),
        BELOW("below "),
        EXACTLY("");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    public static Goal atLeast(double value) {
        return new Goal(Bound.AT_LEAST, value);
    }

    public static Goal below(double value) {
        return new Goal(Bound.BELOW, value);
    }

    public static Goal exactly(double value) {
        return new Goal(Bound.EXACTLY, value);
    }

    public boolean isReachedBy(double figure) {
        return switch (bound) {
            case AT_LEAST -> figure >= value;
            case BELOW -> figure < value;
            case EXACTLY -> figure == value;
        };
    }

    /// As a table has it: `at least 0.40`.
    public String text() {
        return bound.words
                + String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
