package com.avoma.webhooks.benchmark.picture;

import com.avoma.webhooks.benchmark.report.Lateness;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.report.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The results as one SVG: the ratios with their goals first, then what each scenario came to.
public final class Picture {
    private static final List<Unit> UNITS =
            List.of(
                    Unit.PER_CPU_SECOND,
                    Unit.SECONDS,
                    Unit.CPU_SECONDS,
                    Unit.MILLISECONDS,
                    Unit.MEBIBYTES);

    private Picture() {}

    /// Writes it beside a report.
    ///
    /// @param report its name ends with `.json`
    /// @param machine that the figures are of
    /// @return the file
    public static Path write(Path report, String machine, List<Result> results) throws IOException {
        var name = report.getFileName().toString().replaceFirst("\\.json$", "") + ".svg";
        var file = report.resolveSibling(name);
        Files.writeString(file, of(machine, results));
        return file;
    }

    static String of(String machine, List<Result> results) {
        var svg = new Svg();
        svg.text(Panel.MARGIN, 26, Svg.Anchor.START, "Avoma Webhooks, " + machine);
        svg.text(
                Panel.MARGIN,
                44,
                Svg.Anchor.START,
                "Bars are medians of the runs, the thin lines go from the least to the most, goals are red.");
        double top = 72;
        for (var panel : panels(results)) {
            panel.draw(svg, top);
            top += panel.height();
        }
        return svg.document(Panel.WIDTH, top);
    }

    private static List<Panel> panels(List<Result> results) {
        List<Panel> panels = new ArrayList<>();
        List<Series> ratios = new ArrayList<>();
        for (var result : results) {
            for (var series : in(Unit.RATIO, result)) {
                ratios.add(series.named("(%s) %s".formatted(result.scenario(), series.name())));
            }
        }
        if (!ratios.isEmpty()) {
            panels.add(
                    new Bars("Ratios to the baseline of the same run", Unit.RATIO.title(), ratios));
        }
        for (var result : results) {
            panels.addAll(panels(result));
        }
        return panels;
    }

    private static List<Panel> panels(Result result) {
        List<Panel> panels = new ArrayList<>();
        for (var unit : UNITS) {
            var rows = in(unit, result);
            if (!rows.isEmpty()) {
                panels.add(
                        new Bars(
                                "(%s) %s".formatted(result.scenario(), unit.quantity()),
                                unit.title(),
                                rows));
            }
        }
        if (!result.lateness().isEmpty()) {
            panels.add(lateness(result));
        }
        return panels;
    }

    private static List<Series> in(Unit unit, Result result) {
        return result.series().stream().filter(series -> Unit.of(series.name()) == unit).toList();
    }

    /// By rate where there are several, else side by side.
    private static Panel lateness(Result result) {
        var all = result.lateness();
        if (all.stream().map(Lateness::rate).distinct().count() > 1) {
            return new Curves(
                    "(%s) lateness from the event to the 2xx".formatted(result.scenario()), all);
        }
        List<Series> rows = new ArrayList<>();
        for (double percentile : Lateness.PERCENTILES) {
            for (var one : all) {
                rows.add(one.at(percentile).named(Lateness.label(percentile) + ", " + one.name()));
            }
        }
        return new Bars(
                "(%s) lateness at %d a second".formatted(result.scenario(), all.getFirst().rate()),
                "ms",
                rows);
    }
}
