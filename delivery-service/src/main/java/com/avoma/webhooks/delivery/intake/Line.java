package com.avoma.webhooks.delivery.intake;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is due of one webhook and has not started: tests, then live jobs as they came, then those
/// behind them, of these the newest event first. Not thread-safe.
final class Line<T> {
    private final Deque<Entry<T>> urgent = new ArrayDeque<>(0);
    private final Deque<Entry<T>> live = new ArrayDeque<>(4);
    private @Nullable TreeSet<Entry<T>> behind;

    void add(Entry<T> entry) {
        switch (entry.rank()) {
            case URGENT -> urgent.addLast(entry);
            case LIVE -> live.addLast(entry);
            case RECOVERED, DEFERRED -> behind().add(entry);
        }
    }

    /// The one whose turn it is; null where the line is empty.
    @Nullable Entry<T> first() {
        if (!urgent.isEmpty()) {
            return urgent.peekFirst();
        }
        if (!live.isEmpty()) {
            return live.peekFirst();
        }
        return behind == null || behind.isEmpty() ? null : behind.first();
    }

    void removeFirst() {
        if (!urgent.isEmpty()) {
            urgent.removeFirst();
        } else if (!live.isEmpty()) {
            live.removeFirst();
        } else {
            behind().pollFirst();
        }
    }

    /// Removes the one that would wait the longest. Not for a line in which nobody waits.
    Entry<T> removeLast() {
        if (behind != null && !behind.isEmpty()) {
            return behind.removeLast();
        }
        return live.isEmpty() ? urgent.removeLast() : live.removeLast();
    }

    int size() {
        return urgent.size() + live.size() + (behind == null ? 0 : behind.size());
    }

    private TreeSet<Entry<T>> behind() {
        if (behind == null) {
            behind =
                    new TreeSet<>(
                            Comparator.<Entry<T>, Instant>comparing(Entry::eventTime)
                                    .thenComparingLong(Entry::offset)
                                    .reversed());
        }
        return behind;
    }
}
