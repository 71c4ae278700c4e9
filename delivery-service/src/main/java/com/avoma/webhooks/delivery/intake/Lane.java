package com.avoma.webhooks.delivery.intake;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One partition's share of what was read and not started: what is not due yet, by its time, and
/// what is due, by its webhook, the webhooks taking turns. Bounded: where it is full nothing more
/// is read of the partition. Not thread-safe; the listener's thread alone uses it.
///
/// @param <T> what is held
final class Lane<T> {
    private static final int MOST_HELD = 500;
    private static final long MOST_BYTES = 1024 * 1024;
    private static final long WIDEST_SPAN = 50_000;

    private final OffsetWindow window;
    private final PriorityQueue<Entry<T>> later =
            new PriorityQueue<>(
                    Comparator.<Entry<T>, Instant>comparing(Entry::at)
                            .thenComparing(Entry::offset));
    private final Map<String, Deque<Entry<T>>> ready = new LinkedHashMap<>();
    private int held;
    private int readyCount;
    private long heldBytes;
    private int started;

    /// One record.
    ///
    /// @param key whose turn it takes: the webhook
    /// @param at when it is to be looked at; the past: at once
    /// @param size bytes
    record Entry<T>(long offset, String key, Instant at, int size, T item) {}

    Lane(OffsetWindow window) {
        this.window = window;
    }

    OffsetWindow window() {
        return window;
    }

    /// Takes a record, unless it was done already.
    void add(Entry<T> entry) {
        if (window.receive(entry.offset())) {
            later.add(entry);
            held++;
            heldBytes += entry.size();
        }
    }

    /// Whether no more may be read for now.
    boolean isFull() {
        return held >= MOST_HELD || heldBytes >= MOST_BYTES || window.span() >= WIDEST_SPAN;
    }

    /// The next record that is due and admitted, which counts as started from here on; null where
    /// there is none.
    ///
    /// @param admits whether a record of the key may start; true only where it then does
    @Nullable Entry<T> next(Instant now, Predicate<String> admits) {
        moveDue(now);
        for (var turn : ready.entrySet()) {
            var key = turn.getKey();
            var queue = turn.getValue();
            if (admits.test(key)) {
                var entry = queue.removeFirst();
                // to the end of the round, or out of it
                ready.remove(key);
                if (!queue.isEmpty()) {
                    ready.put(key, queue);
                }
                held--;
                readyCount--;
                heldBytes -= entry.size();
                started++;
                return entry;
            }
        }
        return null;
    }

    /// A record that was started is done.
    void done(long offset) {
        started--;
        window.done(offset);
    }

    /// When the first record that is not due yet will be; null where there is none.
    @Nullable Instant nextAt() {
        var first = later.peek();
        return first == null ? null : first.at();
    }

    /// How many are due and wait for their turn.
    int ready() {
        return readyCount;
    }

    /// How many were read and not started.
    int held() {
        return held;
    }

    /// How many were started and are not done.
    int started() {
        return started;
    }

    private void moveDue(Instant now) {
        for (var first = later.peek();
                first != null && !first.at().isAfter(now);
                first = later.peek()) {
            later.remove();
            ready.computeIfAbsent(first.key(), _ -> new ArrayDeque<>()).addLast(first);
            readyCount++;
        }
    }
}
