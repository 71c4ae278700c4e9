package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.isolation.Admission;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// One partition's share of what was read and not started: what is not due yet, by its time, and
/// what is due, in a [Line] for each webhook, the webhooks taking turns. Bounded: where it is full
/// nothing more is read of the partition. Not thread-safe; the listener's thread alone uses it.
///
/// @param <T> what is held
final class Lane<T> {
    private static final long WIDEST_SPAN = 500_000;

    private final OffsetWindow window;
    private final Bounds bounds;
    private final ReadAhead readAhead;
    private final TreeSet<Entry<T>> later =
            new TreeSet<>(
                    Comparator.<Entry<T>, Instant>comparing(Lane::at)
                            .thenComparingLong(Entry::offset));
    private final LinkedHashMap<UUID, Line<T>> lines = new LinkedHashMap<>();
    private final Deque<Line<T>> turns = new ArrayDeque<>();
    private int ready;
    private long heldBytes;
    private int started;
    private boolean paused;

    /// How much is read ahead.
    ///
    /// @param mixed whether the times of its records are in no order, so that one that is due soon
    ///   may stand behind many that are not
    /// @param passing whether what would only lengthen a long line is read again later, see
    ///   [Course]
    record Bounds(int records, long bytes, boolean mixed, boolean passing) {
        /// Of new jobs.
        static final Bounds JOBS = new Bounds(1_000, 4 * 1024 * 1024, false, true);

        /// Of a topic whose records wait about as long as each other.
        static final Bounds WAITING = new Bounds(500, 4 * 1024 * 1024, false, false);

        /// Of a topic whose records wait for times of all lengths.
        static final Bounds MIXED = new Bounds(5_000, 16 * 1024 * 1024, true, false);
    }

    /// Says whether an entry may start now.
    interface Judge<T> {
        /// @param line how many of its webhook wait here, itself too
        Admission judge(Entry<T> entry, int line);

        /// Whether no further entry is looked at in this pass.
        default boolean isOver() {
            return false;
        }
    }

    /// An entry that left the lane, and what it left with.
    record Admitted<T>(Entry<T> entry, Admission admission) {}

    Lane(OffsetWindow window, Bounds bounds, ReadAhead readAhead) {
        this.window = window;
        this.bounds = bounds;
        this.readAhead = readAhead;
    }

    OffsetWindow window() {
        return window;
    }

    Bounds bounds() {
        return bounds;
    }

    /// Whether its partition is paused.
    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean paused) {
        this.paused = paused;
    }

    /// Takes a record, unless it was done already.
    void add(Entry<T> entry) {
        if (window.receive(entry.offset())) {
            put(entry);
        }
    }

    /// Takes a record that the window has received.
    void put(Entry<T> entry) {
        if (entry.at() == null) {
            join(entry);
        } else {
            later.add(entry);
        }
        held(entry.size());
    }

    /// Whether no more may be read for now.
    boolean isFull() {
        return held() >= bounds.records()
                || heldBytes >= bounds.bytes()
                || (heldBytes >= ReadAhead.ASSURED && readAhead.isUsedUp());
    }

    /// Whether the first record that is not done lies so far back that nothing may be read ahead.
    boolean isWide() {
        return window.span() >= WIDEST_SPAN;
    }

    /// Whether its bytes, or those of all lanes, are half of what may be held.
    boolean isHalfFull() {
        return heldBytes * 2 >= bounds.bytes() || readAhead.isHalfUsed();
    }

    /// How many of the webhook are due and wait for their turn.
    int line(UUID webhook) {
        var line = lines.get(webhook);
        return line == null ? 0 : line.size();
    }

    /// How many webhooks have a line.
    int lines() {
        return lines.size();
    }

    /// Begins a pass: every webhook of which something is due has a turn again.
    void beginPass(Instant now) {
        while (!later.isEmpty() && !at(later.first()).isAfter(now)) {
            join(later.removeFirst());
        }
        turns.clear();
        turns.addAll(lines.values());
    }

    /// The next record of this pass that starts or is put off, which counts as started from here
    /// on; null where the pass is over. A webhook whose job waits has no further turn in it.
    @Nullable Admitted<T> next(Judge<T> judge) {
        while (!turns.isEmpty() && !judge.isOver()) {
            var line = turns.removeFirst();
            var first = line.first();
            if (first == null) {
                continue;
            }
            var admission = judge.judge(first, line.size());
            switch (admission) {
                case Admission.Wait _ -> {}
                case Admission.Go _ -> {
                    line.removeFirst();
                    return left(line, first, admission);
                }
                case Admission.Defer _ -> {
                    return left(line, line.removeLast(), admission);
                }
            }
        }
        return null;
    }

    /// Takes out the record that is due last, if that is after the time, so that others can be
    /// looked at; it counts as started. Null where there is none or it is not admitted.
    ///
    /// @param errand admits the writing of so many bytes
    @Nullable Admitted<T> removeLatest(Instant after, IntFunction<Admission> errand) {
        if (later.isEmpty() || !at(later.last()).isAfter(after)) {
            return null;
        }
        var admission = errand.apply(later.last().size());
        if (!(admission instanceof Admission.Go)) {
            return null;
        }
        var entry = later.removeLast();
        held(-entry.size());
        started++;
        return new Admitted<>(entry, admission);
    }

    /// A record that was started is done.
    void done(long offset) {
        started--;
        window.done(offset);
    }

    /// Its partition is somebody else's from here on.
    void giveUp() {
        held(-heldBytes);
    }

    /// When the first record that is not due yet will be; null where there is none.
    @Nullable Instant nextAt() {
        return later.isEmpty() ? null : at(later.first());
    }

    /// How many are due and wait for their turn.
    int ready() {
        return ready;
    }

    /// How many were read and not started.
    int held() {
        return ready + later.size();
    }

    /// How many were started and are not done.
    int started() {
        return started;
    }

    private void join(Entry<T> entry) {
        lines.computeIfAbsent(entry.webhook(), _ -> new Line<>()).add(entry);
        ready++;
    }

    /// The webhook goes to the end of the round, or out of it.
    private Admitted<T> left(Line<T> line, Entry<T> entry, Admission admission) {
        lines.remove(entry.webhook());
        if (line.size() > 0) {
            lines.put(entry.webhook(), line);
            turns.addLast(line);
        }
        ready--;
        held(-entry.size());
        started++;
        return new Admitted<>(entry, admission);
    }

    private void held(long bytes) {
        heldBytes += bytes;
        readAhead.changed(bytes);
    }

    private static Instant at(Entry<?> entry) {
        return entry.at() == null ? Instant.MIN : entry.at();
    }
}
