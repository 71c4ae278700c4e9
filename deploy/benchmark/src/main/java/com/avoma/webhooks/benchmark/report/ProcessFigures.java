package com.avoma.webhooks.benchmark.report;

import com.avoma.webhooks.benchmark.process.GcLog;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.process.Usage;
import org.jspecify.annotations.Nullable;

/// What a process used over the measured runs.
///
/// @param heap null where its collections were not logged
public record ProcessFigures(String name, Usage usage, @Nullable GcLog heap) {
    public static ProcessFigures of(MeasuredProcess process, Usage before) {
        return new ProcessFigures(process.name(), process.usage().since(before), null);
    }

    public ProcessFigures named(String other) {
        return new ProcessFigures(other, usage, heap);
    }

    public ProcessFigures with(GcLog heap) {
        return new ProcessFigures(name, usage, heap);
    }
}
