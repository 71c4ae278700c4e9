package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// What a batch's attempts add to the statistics, in steps of five minutes, and once more in spans
/// of six hours, of which a year has no more than five days have of steps. Tests are in none.
public final class AttemptTally {
    /// A step.
    public static final Duration STEP = Duration.ofMinutes(5);

    /// Many steps, for long times. They begin with UTC's days and with every quarter of one.
    public static final Duration SPAN = Duration.ofHours(6);

    /// How long attempts took that delivered.
    public static final int DELIVERED = 0;

    /// How long attempts took that failed.
    public static final int FAILED = 1;

    /// From the event to the beginning of its first attempt.
    public static final int DELAY = 2;

    private final SortedMap<Cell, Long> counts = new TreeMap<>();

    /// One slot of a histogram.
    public record Cell(UUID organizationUuid, UUID webhookUuid, Instant at, int measure, int slot)
            implements Comparable<Cell> {
        private static final Comparator<Cell> ORDER =
                Comparator.comparing(Cell::organizationUuid)
                        .thenComparing(Cell::webhookUuid)
                        .thenComparing(Cell::at)
                        .thenComparing(Cell::measure)
                        .thenComparing(Cell::slot);

        @Override
        public int compareTo(Cell that) {
            return ORDER.compare(this, that);
        }
    }

    public void add(AttemptRecord attempt) {
        if (attempt.outcome() == null || attempt.test()) {
            return;
        }
        var measure =
                switch (attempt.outcome()) {
                    case DELIVERED -> DELIVERED;
                    case REFUSED, UNREACHABLE -> FAILED;
                };
        count(attempt, measure, attempt.durationMs());
        if (attempt.number() == 1 && !attempt.manual()) {
            var delay = Duration.between(attempt.eventTime(), attempt.startedAt());
            count(attempt, DELAY, delay.toMillis());
        }
    }

    /// In the order in which every instance locks them.
    public SortedMap<Cell, Long> counts() {
        return counts;
    }

    /// The same by the spans that the steps are in.
    SortedMap<Cell, Long> spans() {
        SortedMap<Cell, Long> spans = new TreeMap<>();
        counts.forEach((cell, count) ->
                spans.merge(
                        new Cell(
                                cell.organizationUuid(),
                                cell.webhookUuid(),
                                beginning(SPAN, cell.at()),
                                cell.measure(),
                                cell.slot()),
                        count,
                        Long::sum));
        return spans;
    }

    /// The beginning of the step, or the span, that a time is in.
    ///
    /// @param length [#STEP] or [#SPAN]
    public static Instant beginning(Duration length, Instant time) {
        long seconds = length.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    private void count(AttemptRecord attempt, int measure, long millis) {
        counts.merge(
                new Cell(
                        attempt.organizationUuid(),
                        attempt.webhookUuid(),
                        beginning(STEP, attempt.startedAt()),
                        measure,
                        Histogram.slot(millis)),
                1L,
                Long::sum);
    }
}
