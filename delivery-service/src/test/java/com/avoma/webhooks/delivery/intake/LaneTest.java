package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.delivery.intake.Lane.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final Lane<String> lane = new Lane<>(new OffsetWindow(0, ""));

    @Test
    void startsWhatIsDueByItsTimeNotItsOffset() {
        add(0, "a", 30);
        add(1, "b", 10);
        add(2, "c", 20);

        assertThat(start(9)).isEmpty();
        assertThat(lane.nextAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(start(20)).containsExactly(1L, 2L);
        assertThat(start(30)).containsExactly(0L);
    }

    @Test
    void letsWebhooksTakeTurns() {
        add(0, "a", 0);
        add(1, "a", 0);
        add(2, "a", 0);
        add(3, "b", 0);
        add(4, "c", 0);

        assertThat(start(0)).containsExactly(0L, 3L, 4L, 1L, 2L);
    }

    @Test
    void passesAWebhookOverThatHasNoRoom() {
        add(0, "full", 0);
        add(1, "full", 0);
        add(2, "free", 0);

        assertThat(start(0, key -> !key.equals("full"))).containsExactly(2L);
        assertThat(lane.ready()).isEqualTo(2);
        lane.done(2);
        assertThat(lane.window().committable()).isZero();
    }

    @Test
    void isFullByCountAndByBytesAndEmptiesAgain() {
        for (int offset = 0; offset < 500; offset++) {
            assertThat(lane.isFull()).isFalse();
            add(offset, "a", 0);
        }
        assertThat(lane.isFull()).isTrue();
        start(0);
        assertThat(lane.isFull()).isFalse();

        lane.add(new Entry<>(500, "a", NOW, 2 * 1024 * 1024, "large"));
        assertThat(lane.isFull()).isTrue();
        start(0);
        assertThat(lane.isFull()).isFalse();
        assertThat(lane.held()).isZero();
        assertThat(lane.started()).isEqualTo(501);
    }

    @Test
    void doesNotTakeWhatWasDoneBefore() {
        var before = new OffsetWindow(0, "");
        before.receive(0);
        before.receive(1);
        before.done(1);
        var again = new Lane<String>(new OffsetWindow(before.committable(), before.metadata()));

        again.add(new Entry<>(0, "a", NOW, 1, "0"));
        again.add(new Entry<>(1, "a", NOW, 1, "1"));

        assertThat(again.held()).isEqualTo(1);
    }

    private void add(long offset, String key, int dueInSeconds) {
        lane.add(new Entry<>(offset, key, NOW.plusSeconds(dueInSeconds), 1, "item"));
    }

    private List<Long> start(int afterSeconds) {
        return start(afterSeconds, _ -> true);
    }

    private List<Long> start(int afterSeconds, Predicate<String> admits) {
        List<Long> offsets = new ArrayList<>();
        var now = NOW.plus(Duration.ofSeconds(afterSeconds));
        for (var entry = lane.next(now, admits); entry != null; entry = lane.next(now, admits)) {
            offsets.add(entry.offset());
        }
        return offsets;
    }
}
