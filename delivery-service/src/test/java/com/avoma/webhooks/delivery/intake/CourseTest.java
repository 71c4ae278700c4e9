package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.isolation.Rank;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A log of records that stand at offsets of their own, read as a consumer does it: some at a time,
/// from where it was told to.
class CourseTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final int POLL = 100;

    private final Isolation isolation = new Isolation(100_000, Long.MAX_VALUE, 1, 10);
    private final OffsetWindow window = new OffsetWindow(0, "");
    private final Map<UUID, Integer> movable = new HashMap<>();
    private final List<Long> log = new ArrayList<>();
    private final List<UUID> owners = new ArrayList<>();
    private final List<Long> started = new ArrayList<>();
    private Lane<String> lane = lane(Lane.Bounds.JOBS);
    private Course course = course();
    private long position;
    private long end;
    private int read;

    @Test
    void reachesTheOthersPastAnyBacklog() {
        publish("busy", 20_000);
        publish("other", 1);

        while (lane.line(webhook("other")) == 0) {
            poll();
            assertThat(lane.held()).isLessThanOrEqualTo(501);
        }

        assertThat(read).isEqualTo(20_001);
        assertThat(start("other", 1)).containsExactly(20_000L);
        assertThat(window.committable()).isZero();
    }

    @Test
    void comesBackForWhatItPassedOverInItsOrderAndReadsItTwiceAtMost() {
        publish("busy", 5_000);

        drain("busy");

        assertThat(started).isSorted().doesNotHaveDuplicates().hasSize(5_000);
        assertThat(window.committable()).isEqualTo(end);
        assertThat(read).isLessThan(15_000);
    }

    /// So that it moves in time even if each takes twice as long from then on.
    @Test
    void takesHalfAsManyOfAWebhookAsMoveInTime() {
        movable.put(webhook("busy"), 60);
        publish("busy", 2_000);

        poll();
        assertThat(lane.line(webhook("busy"))).isEqualTo(30);
        start("busy", 23);
        poll();
        poll();
        assertThat(lane.line(webhook("busy"))).isEqualTo(30);
        assertThat(started).hasSize(23).isSorted();
    }

    @Test
    void takesAShortLineOfAWebhookThatMovesSlowly() {
        movable.put(webhook("slow"), 20);
        publish("slow", 2_000);

        poll();
        assertThat(lane.line(webhook("slow"))).isEqualTo(16);
    }

    /// It is put off, which needs it in its line.
    @Test
    void takesAsMuchAsThereIsRoomForOfOneThatDoesNotMove() {
        movable.put(webhook("stuck"), 0);
        publish("stuck", 2_000);
        for (int i = 0; i < 20; i++) {
            poll();
        }
        assertThat(lane.line(webhook("stuck"))).isEqualTo(500);
    }

    @Test
    void passesNothingOverWhereOthersAreFarAhead() {
        movable.put(webhook("slow"), 20);
        for (int i = 0; i < 3_000; i++) {
            publish("slow", 1);
            publish("fast", 1);
        }
        while (!window.isCrowded()) {
            poll();
            start("fast", 500);
            window.metadata();
        }
        int before = lane.line(webhook("slow"));

        for (int i = 0; i < 20; i++) {
            poll();
        }

        assertThat(before).isLessThanOrEqualTo(20);
        assertThat(lane.line(webhook("slow"))).isGreaterThan(500);
    }

    @Test
    void passesNothingOverOfTopicsWhoseRecordsWait() {
        lane = lane(Lane.Bounds.WAITING);
        course = course();
        movable.put(webhook("busy"), 20);
        publish("busy", 500);
        for (int i = 0; i < 5; i++) {
            poll();
        }
        assertThat(lane.held()).isEqualTo(500);
    }

    @Test
    void knowsWhatRetentionTookBeforeItCameBack() {
        publish("busy", 3_000);
        while (read < 3_000) {
            poll();
        }
        // the last of the lines that were passed over is at 500
        log.removeIf(offset -> offset < 2_000);
        owners.subList(0, 2_000).clear();

        drain("busy");

        assertThat(started).contains(499L, 2_000L).doesNotContain(1_000L).hasSize(1_500);
        assertThat(window.committable()).isEqualTo(end);
    }

    @Test
    void tellsALogThatWasCutFromOneThatIsReadAgain() {
        publish("busy", 1_000);
        while (read < 1_000) {
            poll();
        }
        assertThat(course.expects(999)).isFalse();
        assertThat(course.expects(1_000)).isTrue();
        start("busy", 500);
        assertThat(course.turn()).isEqualTo(500);
        assertThat(course.expects(500)).isTrue();
        assertThat(course.expects(499)).isFalse();
    }

    @Test
    void tellsWhatWasNeverReadWhileItGoesBack() {
        publish("busy", 3_000);
        while (read < 1_000) {
            poll();
        }
        assertThat(course.unread(end - position)).isEqualTo(2_000);
        start("busy", 450);
        position = course.turn();
        assertThat(position).isEqualTo(500);
        assertThat(course.unread(end - position)).isEqualTo(2_000);
    }

    @Test
    void startsEveryRecordOnceWhateverTheOrder() {
        var random = new Random(20_261_101);
        var names = List.of("a", "b", "c", "d", "e");
        movable.put(webhook("c"), 40);
        movable.put(webhook("d"), 0);
        int published = 0;
        while (published < 30_000) {
            var name = names.get(random.nextInt(names.size()));
            int some = 1 + random.nextInt(random.nextBoolean() ? 5 : 900);
            publish(name, some);
            published += some;
            end += random.nextInt(3);
            for (int i = random.nextInt(8); i > 0; i--) {
                poll();
                start(names.get(random.nextInt(names.size())), random.nextInt(200));
            }
        }
        for (int i = 0; started.size() < published; i++) {
            assertThat(i).isLessThan(10_000);
            poll();
            names.forEach(name -> start(name, 100));
        }
        assertThat(started).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(log);
        poll();
        assertThat(window.committable()).isEqualTo(end);
    }

    private Lane<String> lane(Lane.Bounds bounds) {
        return new Lane<>(window, bounds, new ReadAhead(64 << 20));
    }

    private Course course() {
        return new Course(lane, webhook -> movable.getOrDefault(webhook, 1_000));
    }

    private void publish(String name, int some) {
        for (int i = 0; i < some; i++) {
            log.add(end++);
            owners.add(webhook(name));
        }
    }

    /// What one round of the listener does with one partition.
    private void poll() {
        if (!lane.isFull()) {
            int from = firstAt(position);
            int to = Math.min(log.size(), from + POLL);
            for (int i = from; i < to; i++) {
                take(log.get(i), owners.get(i));
            }
            position = to == log.size() ? end : log.get(to);
            window.advance(position);
        }
        long turn = course.turn();
        position = turn >= 0 ? turn : position;
    }

    private int firstAt(long offset) {
        int first = 0;
        while (first < log.size() && log.get(first) < offset) {
            first++;
        }
        return first;
    }

    private void take(long offset, UUID webhook) {
        read++;
        assertThat(course.expects(offset)).isTrue();
        if (course.keeps(offset, webhook)) {
            lane.put(new Entry<>(offset, webhook, Rank.LIVE, null, NOW, 1_000, ""));
        }
    }

    private void drain(String name) {
        for (int i = 0; window.committable() < end || lane.held() > 0; i++) {
            assertThat(i).isLessThan(10_000);
            poll();
            start(name, 50);
        }
    }

    /// Starts and finishes some of a webhook's line.
    private List<Long> start(String name, int some) {
        List<Long> now = new ArrayList<>();
        lane.beginPass(NOW);
        for (int i = 0; i < some; i++) {
            var next =
                    lane.next((entry, _) ->
                            entry.webhook().equals(webhook(name))
                                    ? isolation.admitErrand(1)
                                    : new Admission.Wait());
            if (next == null) {
                break;
            }
            now.add(next.entry().offset());
            lane.done(next.entry().offset());
        }
        started.addAll(now);
        return now;
    }

    private static UUID webhook(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
