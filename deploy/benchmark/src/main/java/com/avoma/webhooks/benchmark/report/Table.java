package com.avoma.webhooks.benchmark.report;

import java.util.Locale;
import java.util.stream.Collectors;

/// A result for people: medians, with the least and the most.
public final class Table {
    private static final int NAME = 58;
    private static final double MEBIBYTE = 1024 * 1024;

    private Table() {}

    public static String of(Result result) {
        var text = new StringBuilder();
        text.append("\n(%s) %s%n".formatted(result.scenario(), result.title()));
        for (var series : result.series()) {
            text.append(line(series));
        }
        if (!result.lateness().isEmpty()) {
            text.append("  %-44s".formatted("ms late, medians of the runs"));
            Lateness.PERCENTILES.forEach(one -> text.append("%11s".formatted(Lateness.label(one))));
            text.append("\n");
            result.lateness().forEach(lateness -> text.append(line(lateness)));
        }
        if (!result.processes().isEmpty()) {
            text.append(
                    "  %-24s %9s %9s %10s %12s %12s%n"
                            .formatted(
                                    "process",
                                    "user s",
                                    "system s",
                                    "peak RSS",
                                    "heap peak",
                                    "heap live"));
            result.processes().forEach(process -> text.append(line(process)));
            result.processes().forEach(process -> text.append(threads(process)));
        }
        return text.toString();
    }

    private static String line(Series series) {
        var line =
                String.format(
                        Locale.ROOT,
                        "  %-" + NAME + "s %12s",
                        series.name(),
                        Numbers.text(series.median()));
        if (series.values().size() > 1) {
            line +=
                    "  (%s to %s)"
                            .formatted(Numbers.text(series.min()), Numbers.text(series.max()));
        }
        return line + (series.goal() == null ? "" : "  goal: " + series.goal().text()) + "\n";
    }

    private static String line(Lateness lateness) {
        var line = new StringBuilder("  %-44s".formatted(lateness.name()));
        for (var percentile : lateness.percentiles()) {
            line.append("%11s".formatted(Numbers.text(percentile.median())));
        }
        return line + (lateness.isKept() ? "" : "  rate not kept") + "\n";
    }

    private static String line(ProcessFigures process) {
        var heap = process.heap();
        return String.format(
                Locale.ROOT,
                "  %-24s %9.2f %9.2f %6.0f MiB %12s %12s%n",
                process.name(),
                process.usage().user().toMillis() / 1e3,
                process.usage().system().toMillis() / 1e3,
                process.usage().peakBytes() / MEBIBYTE,
                heap == null ? "" : mebibytes(heap.peakBytes()),
                heap == null ? "" : mebibytes(heap.liveBytes()));
    }

    private static String threads(ProcessFigures process) {
        if (process.threads().isEmpty()) {
            return "";
        }
        long all = Math.max(1, process.usage().cpu().toMillis());
        var shares =
                process.threads().entrySet().stream()
                        .map(one ->
                                one.getKey() + " " + 100 * one.getValue().toMillis() / all + " %")
                        .collect(Collectors.joining(", "));
        return "  threads of " + process.name() + ": " + shares + "\n";
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / MEBIBYTE);
    }
}
