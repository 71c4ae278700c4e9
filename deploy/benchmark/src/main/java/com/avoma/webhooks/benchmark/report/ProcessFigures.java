package com.avoma.webhooks.benchmark.report;

import com.avoma.webhooks.benchmark.process.GcLog;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.process.Usage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a process used over the measured runs.
///
/// @param heap null where its collections were not logged
/// @param threads CPU time by the names of threads, the busiest first; empty where it is not known
public record ProcessFigures(
        String name, Usage usage, @Nullable GcLog heap, Map<String, Duration> threads) {
    private static final int MOST_THREADS = 10;

    public static ProcessFigures of(MeasuredProcess process, Usage before) {
        return of(process.name(), process.usage().since(before));
    }

    public static ProcessFigures of(String name, Usage usage) {
        return new ProcessFigures(name, usage, null, Map.of());
    }

    public ProcessFigures named(String other) {
        return new ProcessFigures(other, usage, heap, threads);
    }

    public ProcessFigures with(GcLog heap) {
        return new ProcessFigures(name, usage, heap, threads);
    }

    /// @param before what they had used when the runs began
    public ProcessFigures with(Map<String, Duration> before, Map<String, Duration> after) {
        Map<String, Duration> used = new LinkedHashMap<>();
        after.entrySet().stream()
                .map(thread ->
                        Map.entry(
                                thread.getKey(),
                                thread.getValue()
                                        .minus(
                                                before.getOrDefault(
                                                        thread.getKey(), Duration.ZERO))))
                .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
                .limit(MOST_THREADS)
                .forEach(thread -> used.put(thread.getKey(), thread.getValue()));
        return new ProcessFigures(name, usage, heap, used);
    }
}
