package com.avoma.webhooks.delivery.sending.timing;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The deadlines of one event loop, looked at every 20 ms while there are any. A task of its own
/// for each deadline, scheduled and cancelled, costs more than a look at a few hundred of them. Not
/// thread-safe: all of it happens on the loop.
public final class Deadlines {
    private static final long TICK_MS = 20;

    private final ScheduledExecutorService loop;
    private @Nullable Deadline first;
    private boolean ticking;

    /// What ends at a point in time.
    public abstract static class Deadline {
        private @Nullable Deadline previous;
        private @Nullable Deadline next;
        private boolean listed;
        private long at;

        /// The time has come; the deadline is no longer watched.
        protected abstract void expired();

        /// Puts it to another time, in nanoseconds of [System#nanoTime()].
        protected final void due(long nanos) {
            at = nanos;
        }

        protected final long due() {
            return at;
        }
    }

    /// @param loop on which everything happens
    public Deadlines(ScheduledExecutorService loop) {
        this.loop = loop;
    }

    public void add(Deadline deadline) {
        deadline.listed = true;
        deadline.next = first;
        if (first != null) {
            first.previous = deadline;
        }
        first = deadline;
        if (!ticking) {
            ticking = true;
            schedule();
        }
    }

    public void remove(Deadline deadline) {
        if (!deadline.listed) {
            return;
        }
        deadline.listed = false;
        var previous = deadline.previous;
        var next = deadline.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        deadline.previous = null;
        deadline.next = null;
    }

    private void schedule() {
        var _ = loop.schedule(this::tick, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        var one = first;
        while (one != null) {
            var next = one.next;
            if (one.at - now <= 0) {
                remove(one);
                one.expired();
            }
            // what expires may take its neighbour off the list
            one = next != null && !next.listed ? first : next;
        }
        ticking = first != null;
        if (ticking) {
            schedule();
        }
    }
}
