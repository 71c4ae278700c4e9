package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.isolation.Isolation.Candidate;
import com.avoma.webhooks.delivery.isolation.Rank;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant DUE = NOW.plusSeconds(60);
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final int LARGE = 256 * 1024;

    private final Isolation isolation = new Isolation(1_000, Long.MAX_VALUE, 1, 10);
    private final Lane<Arrival> lane =
            new Lane<>(new OffsetWindow(0, ""), Lane.Bounds.MIXED, new ReadAhead(Long.MAX_VALUE));
    private final Turns turns = new Turns(List.of(new Reading(lane, new Course(lane, _ -> 1))));

    @Test
    void movesTwentyOutOfAFullLaneAtATime() {
        fill(1);

        assertThat(moved()).hasSize(20);
    }

    @Test
    void movesHalfAMebibyteOfLargeOnesAtATime() {
        fill(LARGE);

        assertThat(moved()).hasSize(2);
    }

    @Test
    void movesNothingWhereThereIsRoom() {
        add(0, 1);
        Awaitility.await().pollDelay(Duration.ofMillis(150)).until(() -> true);

        assertThat(turns.moveOutOfTheWay(NOW, isolation::admitErrand)).isEmpty();
    }

    /// Where few can start in each pass.
    @Test
    void servesThePartitionsInTurnFromPassToPass() {
        var lanes = List.of(lane(5), lane(5), lane(5));
        var three =
                new Turns(
                        lanes.stream()
                                .map(one -> new Reading(one, new Course(one, _ -> 1)))
                                .toList());
        List<Lane<Arrival>> served = new ArrayList<>();

        for (int pass = 0; pass < 6; pass++) {
            three.beginPass(NOW);
            var started = three.next((_, _) -> isolation.admitErrand(1));
            served.add(Objects.requireNonNull(started).lane());
        }

        assertThat(served)
                .containsExactlyElementsOf(
                        Collections.nCopies(2, lanes).stream().flatMap(List::stream).toList());
    }

    /// One place in the process and a hundred webhooks: who cannot start is not looked at, except
    /// in a whole pass.
    @Test
    void looksAtNobodyWhileTheProcessIsFull() {
        var full = new Isolation(1, Long.MAX_VALUE, 1, 1_000);
        var waiting = lane(100);
        var hundred = new Turns(List.of(new Reading(waiting, new Course(waiting, _ -> 1))));
        List<Integer> lookedAt = new ArrayList<>();
        for (boolean whole : List.of(false, true)) {
            var looks = new AtomicInteger();
            var pass =
                    new Pass(
                            (entry, line) -> {
                                looks.incrementAndGet();
                                return full.admit(
                                        new Candidate(entry.webhook(), Rank.LIVE, 1, line), 0);
                            },
                            full::isFull,
                            whole);
            hundred.beginPass(NOW);
            while (hundred.next(pass) != null) {
                // as many as there is room for
            }
            lookedAt.add(looks.get());
        }

        assertThat(lookedAt).containsExactly(1, 99);
    }

    /// Of so many webhooks, one record each that is due.
    private static Lane<Arrival> lane(int webhooks) {
        var lane =
                new Lane<Arrival>(
                        new OffsetWindow(0, ""), Lane.Bounds.JOBS, new ReadAhead(Long.MAX_VALUE));
        for (int i = 0; i < webhooks; i++) {
            lane.add(new Entry<>(i, new UUID(1, i), Rank.LIVE, null, NOW, 1, malformed("jobs", i)));
        }
        return lane;
    }

    /// With a hundred more than it is to hold.
    private void fill(int size) {
        int offset = 0;
        while (!lane.isFull()) {
            add(offset++, size);
        }
        for (int i = 0; i < 100; i++) {
            add(offset++, size);
        }
    }

    private void add(int offset, int size) {
        var item = malformed("delivery-deferred", offset);
        lane.add(new Entry<>(offset, new UUID(0, 1), Rank.DEFERRED, DUE, NOW, size, item));
    }

    private static Arrival malformed(String topic, int offset) {
        var source = new SourceRecord(new Position(topic, 0, offset), null, null, List::of);
        return new Arrival.Malformed("not looked at", source);
    }

    /// When it is time.
    private List<Started> moved() {
        return Awaitility.await()
                .pollInterval(OFTEN)
                .until(
                        () -> turns.moveOutOfTheWay(NOW, isolation::admitErrand),
                        moved -> !moved.isEmpty());
    }
}
