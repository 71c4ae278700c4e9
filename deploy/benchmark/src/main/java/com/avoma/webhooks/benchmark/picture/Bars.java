package com.avoma.webhooks.benchmark.picture;

import com.avoma.webhooks.benchmark.picture.Svg.Anchor;
import com.avoma.webhooks.benchmark.picture.Svg.Point;
import com.avoma.webhooks.benchmark.report.Goal;
import com.avoma.webhooks.benchmark.report.Numbers;
import com.avoma.webhooks.benchmark.report.Series;
import java.util.List;

/// A bar for each series: its median, with a line from the least to the most, and its goal.
///
/// @param unit of the axis
record Bars(String title, String unit, List<Series> rows) implements Panel {
    private static final double ROW = 24;
    private static final double BAR = 14;
    private static final double HEAD = 34;
    private static final double FOOT = 62;
    private static final double LEFT = 410;
    private static final double RIGHT = 770;
    private static final String FILL = "#5b8db8";

    Bars {
        rows = List.copyOf(rows);
    }

    @Override
    public double height() {
        return HEAD + rows.size() * ROW + FOOT;
    }

    @Override
    public void draw(Svg svg, double top) {
        svg.heading(MARGIN, top + 16, title);
        var scale = Scale.linear(most(), LEFT, RIGHT);
        double bottom = top + HEAD + rows.size() * ROW;
        for (double tick : scale.ticks()) {
            double x = scale.at(tick);
            svg.line(new Point(x, top + HEAD - 4), new Point(x, bottom), GRID, 1);
            svg.text(x, bottom + 16, Anchor.MIDDLE, Panel.tick(tick));
        }
        svg.text((LEFT + RIGHT) / 2, bottom + 34, Anchor.MIDDLE, unit);
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), scale, top + HEAD + i * ROW);
        }
        svg.line(new Point(LEFT, top + HEAD - 4), new Point(LEFT, bottom), INK, 1);
    }

    private static void row(Svg svg, Series row, Scale scale, double top) {
        double baseline = top + BAR - 2;
        double middle = top + BAR / 2;
        svg.text(LEFT - 8, baseline, Anchor.END, row.name());
        svg.box(new Point(LEFT, top), scale.at(row.median()) - LEFT, BAR, FILL);
        if (row.min() < row.max()) {
            svg.line(
                    new Point(scale.at(row.min()), middle),
                    new Point(scale.at(row.max()), middle),
                    INK,
                    1.5);
        }
        var words = Numbers.text(row.median());
        if (row.goal() != null) {
            double x = scale.at(row.goal().value());
            svg.line(new Point(x, top - 3), new Point(x, top + BAR + 3), GOAL, 3);
            words += ", goal: " + row.goal().text();
        }
        svg.text(RIGHT + 12, baseline, Anchor.START, words);
    }

    private double most() {
        return rows.stream()
                .mapToDouble(row -> Math.max(row.max(), valueOf(row)))
                .max()
                .orElseThrow();
    }

    private static double valueOf(Series row) {
        Goal goal = row.goal();
        return goal == null ? 0 : goal.value();
    }
}
