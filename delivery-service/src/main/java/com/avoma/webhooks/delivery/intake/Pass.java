package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.util.function.BooleanSupplier;

/// One look at what is due. While the process is full nobody can start, and looking at each of many
/// webhooks only to put some off would cost as much as it does to send: a pass that is not whole is
/// over then.
///
/// @param each judges an entry
/// @param full whether the process works on as much as it may
/// @param whole whether it is also to find what has to be put off
record Pass(Lane.Judge<Arrival> each, BooleanSupplier full, boolean whole)
        implements Lane.Judge<Arrival> {
    @Override
    public Admission judge(Entry<Arrival> entry, int line) {
        return each.judge(entry, line);
    }

    @Override
    public boolean isOver() {
        return !whole && full.getAsBoolean();
    }
}
