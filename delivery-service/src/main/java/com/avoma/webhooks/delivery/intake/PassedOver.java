package com.avoma.webhooks.delivery.intake;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;

/// The offsets of a partition that were read and not kept, because the line of their webhook was
/// long: in the order of each webhook, as runs of offsets that follow each other. Not thread-safe.
final class PassedOver {
    /// Each run takes some 30 bytes; where two webhooks alternate every offset is a run.
    private static final int MOST_RUNS = 100_000;

    private final Map<UUID, Deque<Run>> runs = new LinkedHashMap<>();
    private int count;

    private static final class Run {
        private long first;
        private long end;

        private Run(long offset) {
            first = offset;
            end = offset + 1;
        }
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /// Whether no more can be remembered.
    boolean isFull() {
        return count >= MOST_RUNS;
    }

    /// The webhooks of which something was passed over.
    Collection<UUID> webhooks() {
        return runs.keySet();
    }

    boolean contains(UUID webhook) {
        return runs.containsKey(webhook);
    }

    /// The first offset of a webhook that has some.
    long first(UUID webhook) {
        return ofWebhook(webhook).getFirst().first;
    }

    /// Whether it is the webhook's first.
    boolean isFirst(UUID webhook, long offset) {
        var those = runs.get(webhook);
        return those != null && those.getFirst().first == offset;
    }

    /// @param offset behind all that were added
    void add(UUID webhook, long offset) {
        var those = runs.computeIfAbsent(webhook, _ -> new ArrayDeque<>(2));
        var last = those.peekLast();
        if (last != null && last.end == offset) {
            last.end++;
        } else {
            those.addLast(new Run(offset));
            count++;
        }
    }

    void removeFirst(UUID webhook) {
        if (shorten(ofWebhook(webhook))) {
            runs.remove(webhook);
        }
    }

    /// Removes the first ones of each webhook that lie in the range.
    ///
    /// @return how many
    int removeBetween(long from, long to, LongConsumer removed) {
        int number = 0;
        for (Iterator<Deque<Run>> all = runs.values().iterator(); all.hasNext(); ) {
            var those = all.next();
            boolean empty = false;
            while (!empty && those.getFirst().first >= from && those.getFirst().first < to) {
                removed.accept(those.getFirst().first);
                number++;
                empty = shorten(those);
            }
            if (empty) {
                all.remove();
            }
        }
        return number;
    }

    /// @return whether nothing is left
    private boolean shorten(Deque<Run> those) {
        var run = those.getFirst();
        run.first++;
        if (run.first == run.end) {
            those.removeFirst();
            count--;
        }
        return those.isEmpty();
    }

    private Deque<Run> ofWebhook(UUID webhook) {
        var those = runs.get(webhook);
        if (those == null) {
            throw new IllegalStateException("nothing of " + webhook);
        }
        return those;
    }
}
