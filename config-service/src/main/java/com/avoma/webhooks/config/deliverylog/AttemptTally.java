package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// What a batch's attempts add to the statistics, in steps of five minutes. Tests are in none.
public final class AttemptTally {
    /// A step.
    public static final Duration STEP = Duration.ofMinutes(5);

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

    /// The beginning of the step that a time is in.
    public static Instant step(Instant time) {
        long seconds = STEP.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    private void count(AttemptRecord attempt, int measure, long millis) {
        counts.merge(
                new Cell(
                        attempt.organizationUuid(),
                        attempt.webhookUuid(),
                        step(attempt.startedAt()),
                        measure,
                        Histogram.slot(millis)),
                1L,
                Long::sum);
    }
}
