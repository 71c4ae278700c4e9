package com.avoma.webhooks.benchmark.report;

/// What a figure is counted in, as the end of its name says.
public enum Unit {
    RATIO("ratio", "times the baseline"),
    PER_CPU_SECOND("work per CPU second", "per CPU second of the process"),
    SECONDS("time", "seconds"),
    CPU_SECONDS("CPU time", "CPU seconds of the process"),
    MILLISECONDS("lateness", "ms"),
    MEBIBYTES("size", "MiB"),
    OTHER("", "");

    private final String quantity;
    private final String title;

    /// @param quantity that it measures
    Unit(String quantity, String title) {
        this.quantity = quantity;
        this.title = title;
    }

    public String quantity() {
        return quantity;
    }

    /// In words, as an axis has it.
    public String title() {
        return title;
    }

    /// @param name of a series, such as `until ready, s`
    public static Unit of(String name) {
        if (name.startsWith("ratio")) {
            return RATIO;
        }
        if (name.endsWith(" per CPU s")) {
            return PER_CPU_SECOND;
        }
        return switch (name.substring(name.lastIndexOf(',') + 1).strip()) {
            case "s" -> SECONDS;
            case "CPU s" -> CPU_SECONDS;
            case "ms" -> MILLISECONDS;
            case "MiB" -> MEBIBYTES;
            default -> OTHER;
        };
    }
}
