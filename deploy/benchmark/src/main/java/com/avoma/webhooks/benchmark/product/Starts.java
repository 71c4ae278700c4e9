package com.avoma.webhooks.benchmark.product;

import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.report.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What several starts of one program came to.
final class Starts {
    private static final double MEBIBYTE = 1024 * 1024;

    private final String program;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> cpuSeconds = new ArrayList<>();
    private final List<Double> resident = new ArrayList<>();
    private final List<Series> idle = new ArrayList<>();

    Starts(String program) {
        this.program = program;
    }

    /// @param process that has just become ready
    /// @param after the start of it
    void add(MeasuredProcess process, Duration after) {
        seconds.add(after.toNanos() / 1e9);
        cpuSeconds.add(process.usage().cpu().toNanos() / 1e9);
        resident.add(process.residentBytes() / MEBIBYTE);
    }

    /// Looks at one again that has done nothing since.
    void addIdle(MeasuredProcess process, Duration time) throws InterruptedException {
        Thread.sleep(time);
        idle.add(
                Series.of(
                        "%s: resident after %d s idle, MiB".formatted(program, time.toSeconds()),
                        process.residentBytes() / MEBIBYTE));
    }

    /// Of the times, each to that of the other in the same turn.
    List<Double> ratiosTo(Starts other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            ratios.add(seconds.get(i) / other.seconds.get(i));
        }
        return ratios;
    }

    List<Series> series() {
        List<Series> all = new ArrayList<>();
        all.add(Series.of(program + ": until ready, s", seconds));
        all.add(Series.of(program + ": until then, CPU s", cpuSeconds));
        all.add(Series.of(program + ": resident when ready, MiB", resident));
        all.addAll(idle);
        return all;
    }
}
