package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.isolation.Rank;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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
        var source =
                new SourceRecord(
                        new Position("delivery-deferred", 0, offset), null, null, List.of());
        var item = new Arrival.Malformed("not looked at", source);
        lane.add(new Entry<>(offset, new UUID(0, 1), Rank.DEFERRED, DUE, NOW, size, item));
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
