package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.delivery.intake.Lane.Admitted;
import com.avoma.webhooks.delivery.intake.Lane.Bounds;
import com.avoma.webhooks.delivery.intake.Lane.Judge;
import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.isolation.Rank;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Bounds BOUNDS = new Bounds(500, 1024 * 1024, true, false);

    private final Isolation isolation = new Isolation(100_000, Long.MAX_VALUE, 1, 10);
    private final ReadAhead readAhead = new ReadAhead(10 * 1024 * 1024);
    private final Lane<String> lane = new Lane<>(new OffsetWindow(0, ""), BOUNDS, readAhead);

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
    void startsTestsFirstThenLiveJobsThenTheNewestOfTheRest() {
        add(0, Rank.DEFERRED, NOW.minusSeconds(30));
        add(1, Rank.DEFERRED, NOW.minusSeconds(10));
        add(2, Rank.RECOVERED, NOW.minusSeconds(20));
        add(3, Rank.LIVE, NOW.minusSeconds(40));
        add(4, Rank.LIVE, NOW);
        add(5, Rank.URGENT, NOW);

        assertThat(start(0)).containsExactly(5L, 3L, 4L, 1L, 2L, 0L);
    }

    @Test
    void putsOffTheOneThatWouldWaitLongest() {
        add(0, Rank.LIVE, NOW);
        add(1, Rank.DEFERRED, NOW.minusSeconds(10));
        add(2, Rank.DEFERRED, NOW.minusSeconds(20));
        add(3, Rank.LIVE, NOW);

        assertThat(start(0, (_, line) -> line > 1 ? putOff() : new NotYet().admission()))
                .containsExactly(2L, 1L, 3L);
        assertThat(lane.ready()).isEqualTo(1);
    }

    @Test
    void passesAWebhookOverThatHasNoRoom() {
        add(0, "full", 0);
        add(1, "full", 0);
        add(2, "free", 0);

        Judge<String> judge =
                (entry, _) ->
                        entry.webhook().equals(uuid("full"))
                                ? new NotYet().admission()
                                : isolation.admitErrand(1);
        assertThat(start(0, judge)).containsExactly(2L);
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

        add(500, 2 * 1024 * 1024);
        assertThat(lane.isFull()).isTrue();
        start(0);
        assertThat(lane.isFull()).isFalse();
        assertThat(lane.held()).isZero();
        assertThat(lane.started()).isEqualTo(501);
        assertThat(readAhead.held()).isZero();
    }

    @Test
    void isFullWhereTheProcessHasReadEnoughButNotBeforeItsOwnShare() {
        var other = new Lane<String>(new OffsetWindow(0, ""), BOUNDS, readAhead);
        readAhead.changed(11 * 1024 * 1024);

        assertThat(lane.isFull()).isFalse();
        add(0, 65 * 1024);
        assertThat(lane.isFull()).isTrue();
        assertThat(other.isFull()).isFalse();

        lane.giveUp();
        assertThat(readAhead.held()).isEqualTo(11 * 1024 * 1024);
    }

    @Test
    void movesWhatIsFarFromDueOutOfTheWay() {
        add(0, "a", 300);
        add(1, "b", 5);
        add(2, "c", 200);

        assertThat(latest()).isEqualTo(0L);
        assertThat(latest()).isEqualTo(2L);
        assertThat(latest()).isNull();
        assertThat(lane.started()).isEqualTo(2);
        assertThat(start(5)).containsExactly(1L);
    }

    @Test
    void doesNotTakeWhatWasDoneBefore() {
        var before = new OffsetWindow(0, "");
        before.receive(0);
        before.receive(1);
        before.done(1);
        var window = new OffsetWindow(before.committable(), before.metadata());
        var again = new Lane<String>(window, BOUNDS, readAhead);

        again.add(new Entry<>(0, uuid("a"), Rank.LIVE, null, NOW, 1, "0"));
        again.add(new Entry<>(1, uuid("a"), Rank.LIVE, null, NOW, 1, "1"));

        assertThat(again.held()).isEqualTo(1);
    }

    /// An admission that says to wait, as the real thing says it.
    private static final class NotYet {
        private final Isolation full = new Isolation(1, 1, 1, 1);

        Admission admission() {
            full.admit(new Isolation.Candidate(uuid("x"), Rank.LIVE, 1, 1), 1);
            return full.admit(new Isolation.Candidate(uuid("x"), Rank.LIVE, 1, 1), 1);
        }
    }

    private Admission putOff() {
        var errand = (Admission.Go) isolation.admitErrand(1);
        return new Admission.Defer(Admission.Cause.PERMITS, Duration.ofSeconds(1), errand.ticket());
    }

    private Long latest() {
        Admitted<String> latest = lane.removeLatest(NOW.plusSeconds(10), isolation::admitErrand);
        return latest == null ? null : latest.entry().offset();
    }

    private void add(long offset, String key, int dueInSeconds) {
        var at = dueInSeconds == 0 ? null : NOW.plusSeconds(dueInSeconds);
        lane.add(new Entry<>(offset, uuid(key), Rank.LIVE, at, NOW, 1, "item"));
    }

    private void add(long offset, Rank rank, Instant eventTime) {
        lane.add(new Entry<>(offset, uuid("a"), rank, null, eventTime, 1, "item"));
    }

    private void add(long offset, int size) {
        lane.add(new Entry<>(offset, uuid("a"), Rank.LIVE, null, NOW, size, "item"));
    }

    private static UUID uuid(String key) {
        return new UUID(0, key.hashCode());
    }

    private List<Long> start(int afterSeconds) {
        return start(afterSeconds, (_, _) -> isolation.admitErrand(1));
    }

    private List<Long> start(int afterSeconds, Judge<String> judge) {
        List<Long> offsets = new ArrayList<>();
        lane.beginPass(NOW.plus(Duration.ofSeconds(afterSeconds)));
        for (var next = lane.next(judge); next != null; next = lane.next(judge)) {
            offsets.add(next.entry().offset());
        }
        return offsets;
    }
}
