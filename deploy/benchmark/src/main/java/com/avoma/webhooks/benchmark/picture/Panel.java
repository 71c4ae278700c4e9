package com.avoma.webhooks.benchmark.picture;

import java.util.Locale;

/// A part of the picture. It has the whole width.
sealed interface Panel permits Bars, Curves {
    double WIDTH = 1000;
    double MARGIN = 20;
    String INK = "#222222";
    String GRID = "#dddddd";
    String GOAL = "#c0392b";

    /// Pixels from its top to that of the next one.
    double height();

    /// @param top the pixel that it begins at
    void draw(Svg svg, double top);

    /// As axes have it: `0.2`, `5`, `50,000`.
    static String tick(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }
}
