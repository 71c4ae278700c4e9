package com.avoma.webhooks.benchmark.picture;

import com.avoma.webhooks.benchmark.picture.Svg.Anchor;
import com.avoma.webhooks.benchmark.picture.Svg.Point;
import com.avoma.webhooks.benchmark.report.Lateness;
import java.util.List;

/// Percentiles of lateness by rate, both axes logarithmic.
///
/// @param points at least one, by rate
record Curves(String title, List<Lateness> points) implements Panel {
    private static final double HEAD = 48;
    private static final double PLOT = 300;
    private static final double FOOT = 76;
    private static final double LEFT = 90;
    private static final double RIGHT = 780;

    /// p50 first; legible to the colour-blind (Okabe and Ito).
    private static final List<String> COLOURS =
            List.of("#0072b2", "#009e73", "#e69f00", "#d55e00", "#555555");

    /// So that nothing is on the end of an axis.
    private static final double ROOM = 1.2;

    private static final double LEAST_MS = 0.01;

    Curves {
        points = List.copyOf(points);
    }

    @Override
    public double height() {
        return HEAD + PLOT + FOOT;
    }

    @Override
    public void draw(Svg svg, double top) {
        svg.heading(MARGIN, top + 16, title);
        double bottom = top + HEAD + PLOT;
        var across =
                new Scale(
                        points.getFirst().rate() / ROOM,
                        points.getLast().rate() * ROOM,
                        LEFT,
                        RIGHT,
                        true);
        var up = Scale.logarithmic(least(), most(), bottom, top + HEAD);
        for (double tick : up.ticks()) {
            double y = up.at(tick);
            svg.line(new Point(LEFT, y), new Point(RIGHT, y), GRID, 1);
            svg.text(LEFT - 8, y + 4, Anchor.END, Panel.tick(tick));
        }
        for (var point : points) {
            double x = across.at(point.rate());
            svg.line(new Point(x, top + HEAD), new Point(x, bottom), GRID, 1);
            svg.text(x, bottom + 16, Anchor.MIDDLE, Panel.tick(point.rate()));
            if (!point.isKept()) {
                svg.text(x, bottom + 32, Anchor.MIDDLE, "not kept");
            }
        }
        svg.text(LEFT - 8, top + HEAD - 10, Anchor.END, "ms late");
        svg.text((LEFT + RIGHT) / 2, bottom + 50, Anchor.MIDDLE, "events published a second");
        svg.line(new Point(LEFT, bottom), new Point(RIGHT, bottom), INK, 1);
        svg.line(new Point(LEFT, top + HEAD), new Point(LEFT, bottom), INK, 1);
        curves(svg, top, across, up);
    }

    private void curves(Svg svg, double top, Scale across, Scale up) {
        int count = Lateness.PERCENTILES.size();
        for (int i = 0; i < count; i++) {
            double percentile = Lateness.PERCENTILES.get(i);
            var places =
                    points.stream()
                            .map(point ->
                                    new Point(
                                            across.at(point.rate()),
                                            up.at(shown(point, percentile))))
                            .toList();
            svg.curve(places, COLOURS.get(i));
            // the largest on top, as the curves are
            double y = top + HEAD + 20 + (count - 1 - i) * 22;
            svg.line(new Point(RIGHT + 20, y), new Point(RIGHT + 46, y), COLOURS.get(i), 3);
            svg.text(RIGHT + 54, y + 4, Anchor.START, Lateness.label(percentile));
        }
    }

    private double least() {
        return points.stream().mapToDouble(point -> shown(point, 50)).min().orElseThrow();
    }

    private double most() {
        return points.stream().mapToDouble(point -> shown(point, 100)).max().orElseThrow();
    }

    /// A logarithm has no zero.
    private static double shown(Lateness point, double percentile) {
        return Math.max(LEAST_MS, point.at(percentile).median());
    }
}
