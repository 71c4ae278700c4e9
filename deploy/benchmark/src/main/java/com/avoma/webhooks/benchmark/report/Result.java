package com.avoma.webhooks.benchmark.report;

import java.util.List;

/// What a scenario came to.
///
/// @param title with the setting that the figures hold for
/// @param lateness where requests were sent at a fixed rate; else empty
public record Result(
        String scenario,
        String title,
        List<Series> series,
        List<Lateness> lateness,
        List<ProcessFigures> processes) {
    public Result {
        series = List.copyOf(series);
        lateness = List.copyOf(lateness);
        processes = List.copyOf(processes);
    }

    public Result(
            String scenario, String title, List<Series> series, List<ProcessFigures> processes) {
        this(scenario, title, series, List.of(), processes);
    }
}
