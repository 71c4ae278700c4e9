package com.avoma.webhooks.benchmark.report;

import java.util.List;

/// What a scenario came to.
///
/// @param title with the setting that the figures hold for
public record Result(
        String scenario, String title, List<Series> series, List<ProcessFigures> processes) {
    public Result {
        series = List.copyOf(series);
        processes = List.copyOf(processes);
    }
}
