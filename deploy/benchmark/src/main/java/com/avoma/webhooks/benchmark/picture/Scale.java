package com.avoma.webhooks.benchmark.picture;

import java.util.ArrayList;
import java.util.List;

/// Where values are on an axis.
///
/// @param least the value at the beginning of the axis; above 0 where it is logarithmic
/// @param most the value at its end
/// @param from the pixel of the least
/// @param to the pixel of the most
record Scale(double least, double most, double from, double to, boolean logarithmic) {
    private static final int STEPS = 5;
    private static final double[] ROUND = {1, 2, 5, 10};

    Scale {
        if (!(least < most) || logarithmic && least <= 0) {
            throw new IllegalArgumentException(
                    "least: "
                            + least
                            + " (expected: below "
                            + most
                            + (logarithmic ? ", > 0)" : ")"));
        }
    }

    /// From 0 to a round number that is not below the value.
    static Scale linear(double value, double from, double to) {
        double step = step(Math.max(value, Double.MIN_NORMAL));
        return new Scale(0, step * Math.max(1, Math.ceil(value / step - 1e-9)), from, to, false);
    }

    /// Between round numbers (1, 2, 5) of a decade, one below the least and one above the most.
    static Scale logarithmic(double least, double most, double from, double to) {
        double lower = roundBelow(least);
        double upper = lower;
        while (upper < most || upper <= lower) {
            upper = next(upper);
        }
        return new Scale(lower, upper, from, to, true);
    }

    double at(double value) {
        double share =
                logarithmic
                        ? Math.log(value / least) / Math.log(most / least)
                        : (value - least) / (most - least);
        return from + share * (to - from);
    }

    /// Round numbers, the ends among them.
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double tick = least; tick <= most * (1 + 1e-9); tick = next(tick)) {
                ticks.add(tick);
            }
        } else {
            double step = step(most);
            int last = (int) Math.round(most / step);
            for (int i = 0; i <= last; i++) {
                ticks.add(i * step);
            }
        }
        return ticks;
    }

    private static double step(double value) {
        double rough = value / STEPS;
        double decade = decade(rough);
        for (double round : ROUND) {
            if (round * decade >= rough * (1 - 1e-9)) {
                return round * decade;
            }
        }
        return 10 * decade;
    }

    private static double roundBelow(double value) {
        double decade = decade(value);
        double below = decade;
        for (double round : ROUND) {
            if (round * decade <= value * (1 + 1e-9)) {
                below = round * decade;
            }
        }
        return below;
    }

    /// 1, 2, 5, 10, 20, …
    private static double next(double round) {
        double decade = decade(round * (1 + 1e-9));
        long digit = Math.round(round / decade);
        return decade * (digit < 2 ? 2 : digit < 5 ? 5 : 10);
    }

    private static double decade(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }
}
