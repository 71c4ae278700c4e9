package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetWindowTest {
    @Test
    void commitsNothingPastTheFirstThatIsNotDone() {
        var window = new OffsetWindow(10, "");
        for (long offset = 10; offset < 15; offset++) {
            assertThat(window.receive(offset)).isTrue();
        }

        window.done(11);
        window.done(14);
        assertThat(window.committable()).isEqualTo(10);
        window.done(10);
        assertThat(window.committable()).isEqualTo(12);
        window.done(12);
        window.done(13);
        assertThat(window.committable()).isEqualTo(15);
        assertThat(window.span()).isZero();
    }

    @Test
    void passesOverGapsOfTransactionMarkersAndCompaction() {
        var window = new OffsetWindow(0, "");
        window.receive(3);
        window.receive(7);
        assertThat(window.committable()).isEqualTo(3);

        window.done(3);
        assertThat(window.committable()).isEqualTo(7);
        window.done(7);
        window.advance(9);
        assertThat(window.committable()).isEqualTo(9);
    }

    @Test
    void remembersAcrossARestartWhatWasDonePastTheCommit() {
        var before = new OffsetWindow(100, "");
        for (long offset = 100; offset < 110; offset++) {
            before.receive(offset);
        }
        before.done(103);
        before.done(109);

        var after = new OffsetWindow(before.committable(), before.metadata());
        List<Long> again = new ArrayList<>();
        for (long offset = 100; offset < 112; offset++) {
            if (after.receive(offset)) {
                again.add(offset);
            }
        }

        assertThat(again)
                .containsExactly(100L, 101L, 102L, 104L, 105L, 106L, 107L, 108L, 110L, 111L);
        again.forEach(after::done);
        assertThat(after.committable()).isEqualTo(112);
    }

    /// A process that is killed before it has read that far must not lose what the one before it
    /// had done.
    @Test
    void handsOnWhatWasDoneBeforeAndIsNotReadYet() {
        var first = new OffsetWindow(100, "");
        for (long offset = 100; offset < 110; offset++) {
            first.receive(offset);
        }
        for (long offset : new long[] {101, 102, 105, 108}) {
            first.done(offset);
        }

        var second = new OffsetWindow(first.committable(), first.metadata());
        assertThat(second.metadata()).isEqualTo(first.metadata());
        second.receive(100);
        second.receive(101);
        second.receive(102);
        second.receive(103);
        assertThat(second.metadata()).isEqualTo(first.metadata());
        second.done(100);
        var third = new OffsetWindow(second.committable(), second.metadata());

        assertThat(second.committable()).isEqualTo(103);
        for (long offset = 103; offset < 110; offset++) {
            assertThat(third.receive(offset))
                    .as("%d", offset)
                    .isEqualTo(offset != 105 && offset != 108);
        }
    }

    @Test
    void takesARecordThatItAlreadyHasOnlyOnce() {
        var window = new OffsetWindow(0, "");

        assertThat(window.receive(0)).isTrue();
        assertThat(window.receive(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"written by somebody else", "", "%%", "runs:%%", "runs:gICAgA"})
    void readsForeignMetadataAsNothing(String metadata) {
        var window = new OffsetWindow(5, metadata);

        assertThat(window.receive(5)).isTrue();
    }

    @Test
    void keepsTheMetadataWithinWhatKafkaTakes() {
        var window = new OffsetWindow(0, "");
        for (long offset = 0; offset < 60_000; offset++) {
            window.receive(offset);
        }
        for (long offset = 1; offset < 60_000; offset += 2) {
            window.done(offset);
        }

        assertThat(window.metadata()).hasSizeBetween(3_000, 4_096);
        assertThat(window.committable()).isZero();
    }

    @Test
    void remembersFewOpenRecordsAmongVeryMany() {
        var before = new OffsetWindow(0, "");
        var random = new Random(1);
        Set<Long> open = new HashSet<>(Set.of(0L));
        while (open.size() < 500) {
            open.add(random.nextLong(400_000));
        }
        for (long offset = 0; offset < 400_000; offset++) {
            before.receive(offset);
            if (!open.contains(offset)) {
                before.done(offset);
            }
        }

        var after = new OffsetWindow(before.committable(), before.metadata());
        Set<Long> again = new HashSet<>();
        for (long offset = 0; offset < 400_000; offset++) {
            if (after.receive(offset)) {
                again.add(offset);
            }
        }
        assertThat(again).isEqualTo(open);
    }

    @Test
    void readsWhatEarlierVersionsWrote() {
        var done = new BitSet();
        done.set(1);
        done.set(3);
        var window = new OffsetWindow(10, Base64.getEncoder().encodeToString(done.toByteArray()));

        assertThat(window.receive(10)).isTrue();
        assertThat(window.receive(11)).isFalse();
        assertThat(window.receive(12)).isTrue();
        assertThat(window.receive(13)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithASetOfOffsetsWhateverTheOrder(long seed) {
        var random = new Random(seed);
        var window = new OffsetWindow(1_000, "");
        Set<Long> open = new HashSet<>();
        long next = 1_000;
        for (int round = 0; round < 200; round++) {
            for (int i = random.nextInt(50); i > 0; i--) {
                next += random.nextInt(10) == 0 ? 3 : 1;
                window.receive(next);
                open.add(next);
            }
            List<Long> shuffled = new ArrayList<>(open);
            Collections.shuffle(shuffled, random);
            for (var offset : shuffled.subList(0, random.nextInt(shuffled.size() + 1))) {
                window.done(offset);
                open.remove(offset);
            }
            long expected = open.isEmpty() ? next + 1 : Collections.min(open);
            if (next > 1_000) {
                assertThat(window.committable()).as("seed %s", seed).isEqualTo(expected);
            }
        }
    }

    /// Each process reads as far as it comes, commits, and is killed.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void hasNothingDoneTwiceOverManyShortLives(long seed) {
        var random = new Random(seed);
        Set<Long> done = new HashSet<>();
        long committed = 0;
        var metadata = "";
        for (int life = 0; life < 50; life++) {
            var window = new OffsetWindow(committed, metadata);
            List<Long> open = new ArrayList<>();
            long next = committed;
            for (int step = random.nextInt(100); step > 0; step--) {
                if (open.isEmpty() || random.nextBoolean()) {
                    boolean taken = window.receive(next);
                    assertThat(taken)
                            .as("seed %s, offset %s", seed, next)
                            .isEqualTo(!done.contains(next));
                    if (taken) {
                        open.add(next);
                    }
                    next++;
                } else {
                    long offset = open.remove(random.nextInt(open.size()));
                    window.done(offset);
                    done.add(offset);
                }
            }
            committed = window.committable();
            metadata = window.metadata();
        }
    }
}
