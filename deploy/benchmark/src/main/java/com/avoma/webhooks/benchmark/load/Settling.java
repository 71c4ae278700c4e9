package com.avoma.webhooks.benchmark.load;

/// Warming up for as long as it helps: compilers take minutes on a few cores, and what is measured
/// first would be the slower for it.
public final class Settling {
    private static final int NO_BETTER = 3;
    private static final double NOTABLY = 0.95;

    private Settling() {}

    /// A stretch of load.
    @FunctionalInterface
    public interface Window {
        /// Puts the load on.
        ///
        /// @return how late its requests were at the median, in any unit
        double median() throws InterruptedException;
    }

    /// Puts windows on one after the other until the median has not become notably better three
    /// times in a row.
    ///
    /// @param most windows
    public static void settle(int most, Window window) throws InterruptedException {
        double best = Double.MAX_VALUE;
        int worse = 0;
        for (int i = 0; i < most && worse < NO_BETTER; i++) {
            double median = window.median();
            worse = median < best * NOTABLY ? 0 : worse + 1;
            best = Math.min(best, median);
        }
    }
}
