package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.intake.Lane.Admitted;
import com.avoma.webhooks.delivery.intake.Lane.Judge;
import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Which record starts next, the partitions of a consumer taking turns. Not thread-safe.
final class Turns {
    /// How far ahead a record must be due to be moved out of the way, and how many are at a time.
    private static final Duration FAR = Duration.ofSeconds(2);

    private static final int MOVED_AT_ONCE = 20;

    /// Bodies of the largest size would else be written at ten times the rate that is worth it.
    private static final long BYTES_MOVED_AT_ONCE = 512 * 1024;

    private static final long MOVED_EVERY = Duration.ofMillis(100).toNanos();

    private final Collection<Reading> readings;
    private final Deque<Lane<Arrival>> turns = new ArrayDeque<>();
    private @Nullable Lane<Arrival> served;
    private long lastMoved = System.nanoTime();

    /// @param readings of all partitions that the consumer has, as they come and go
    Turns(Collection<Reading> readings) {
        this.readings = readings;
    }

    /// Begins a pass over the partitions: what is due may start. First comes the partition behind
    /// the one of which a record started last, or those at the end would have to wait for as long
    /// as few can start in each pass.
    void beginPass(Instant now) {
        turns.clear();
        List<Lane<Arrival>> upToServed = new ArrayList<>();
        boolean behind = false;
        for (var reading : readings) {
            var lane = reading.lane();
            lane.beginPass(now);
            if (lane.ready() > 0) {
                if (behind) {
                    turns.addLast(lane);
                } else {
                    upToServed.add(lane);
                }
            }
            behind |= lane == served;
        }
        turns.addAll(upToServed);
    }

    /// The next record of this pass that starts or is put off; null where the pass is over.
    @Nullable Started next(Judge<Arrival> judge) {
        for (var lane = turns.pollFirst(); lane != null; lane = turns.pollFirst()) {
            Admitted<Arrival> admitted = lane.next(judge);
            if (admitted != null) {
                turns.addLast(lane);
                served = lane;
                return new Started(lane, admitted.entry(), admitted.admission());
            }
        }
        return null;
    }

    /// Takes out of the full lanes some of what is far from due, so that what is due earlier can be
    /// read. The jobs are to be written anew.
    List<Started> moveOutOfTheWay(Instant now, IntFunction<Admission> errand) {
        if (System.nanoTime() - lastMoved < MOVED_EVERY) {
            return List.of();
        }
        lastMoved = System.nanoTime();
        List<Started> moved = new ArrayList<>();
        for (var reading : readings) {
            moveOutOfTheWay(reading.lane(), now, errand, moved);
        }
        return moved;
    }

    private static void moveOutOfTheWay(
            Lane<Arrival> lane, Instant now, IntFunction<Admission> errand, List<Started> moved) {
        long bytes = 0;
        for (int i = 0;
                i < MOVED_AT_ONCE
                        && bytes < BYTES_MOVED_AT_ONCE
                        && lane.bounds().mixed()
                        && lane.isFull();
                i++) {
            var latest = lane.removeLatest(now.plus(FAR), errand);
            if (latest == null) {
                return;
            }
            bytes += latest.entry().size();
            moved.add(new Started(lane, latest.entry(), latest.admission()));
        }
    }

    /// When the first record that is not due yet will be; null where there is none.
    @Nullable Instant nextAt() {
        Instant first = null;
        for (var reading : readings) {
            var at = reading.lane().nextAt();
            if (at != null && (first == null || at.isBefore(first))) {
                first = at;
            }
        }
        return first;
    }

    /// How many records are due and have not started.
    int ready() {
        int ready = 0;
        for (var reading : readings) {
            ready += reading.lane().ready();
        }
        return ready;
    }
}
