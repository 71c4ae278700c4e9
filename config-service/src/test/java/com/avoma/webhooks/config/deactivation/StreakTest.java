package com.avoma.webhooks.config.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.deactivation.Attempted.Result;
import com.avoma.webhooks.config.deactivation.Streak.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreakTest {
    private static final UUID WEBHOOK = new UUID(0, 7);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void countsFailuresSinceTheLastSuccess() {
        var streak = after(failed(0), failed(1), delivered(2), failed(3), failed(4));

        assertThat(streak.failures()).isEqualTo(2);
        assertThat(streak.firstFailure()).isEqualTo(at(3));
        assertThat(after(failed(0), delivered(1)).failures()).isZero();
        assertThat(after(failed(0), delivered(1)).firstFailure()).isNull();
    }

    @Test
    void countsAnAttemptOnce() {
        var attempts = new ArrayList<Attempted>();
        for (int i = 0; i < 100; i++) {
            attempts.add(failed(i));
        }
        var once = after(attempts.toArray(Attempted[]::new));
        var again = once;
        for (var attempt : attempts) {
            again = again.after(attempt);
        }

        assertThat(once.failures()).isEqualTo(100);
        assertThat(once.recent()).hasSize(Streak.WINDOW);
        assertThat(again).isEqualTo(once);
    }

    @Test
    void doesNotCountWhatStartedBeforeASuccessAndEndedAfterIt() {
        var streak = after(delivered(10), failed(9), gone(8), failed(11));

        assertThat(streak.failures()).isEqualTo(1);
        assertThat(streak.firstFailure()).isEqualTo(at(11));
        assertThat(streak.goneAt()).isNull();
    }

    @Test
    void takesALateSuccessIntoAccountWhereItBelongs() {
        var streak = after(failed(1), failed(2), failed(3), failed(4), delivered(2));

        assertThat(streak.failures()).isEqualTo(2);
        assertThat(streak.firstFailure()).isEqualTo(at(3));
        assertThat(streak.after(failed(1))).isEqualTo(streak);
        assertThat(streak.after(delivered(1))).isEqualTo(streak);
    }

    @Test
    void neverCountsMoreThanThereAreWhereASuccessIsVeryLate() {
        var attempts = new ArrayList<Attempted>();
        for (int i = 0; i < 100; i++) {
            attempts.add(failed(i));
        }
        attempts.add(delivered(20));

        var streak = after(attempts.toArray(Attempted[]::new));

        assertThat(streak.failures()).isEqualTo(Streak.WINDOW);
        assertThat(streak.firstFailure()).isEqualTo(at(100 - Streak.WINDOW));
    }

    @Test
    void forgetsWhatAdminsWereToldWithTheFailures() {
        var told = told(after(failed(1), failed(2)), Told.STILL_FAILING);

        assertThat(told.after(failed(3)).told()).isEqualTo(Told.STILL_FAILING);
        assertThat(told.after(delivered(0)).told()).isEqualTo(Told.STILL_FAILING);
        assertThat(told.after(delivered(1)).told()).isEqualTo(Told.NOTHING);
        assertThat(told.after(delivered(5)).told()).isEqualTo(Told.NOTHING);
    }

    @Test
    void startsAnewWithAReactivation() {
        var streak = after(failed(1), gone(2)).clearedAt(at(5));

        assertThat(streak.failures()).isZero();
        assertThat(streak.goneAt()).isNull();
        assertThat(streak.after(failed(4))).isEqualTo(streak);
        assertThat(streak.after(gone(5))).isEqualTo(streak);
        assertThat(streak.after(gone(6)).goneAt()).isEqualTo(at(6));
    }

    /// Against the plain count over the whole set.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheSameInEveryOrderAndHoweverOften(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Attempted> attempts = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(Streak.WINDOW); i++) {
                int second = random.nextInt(40);
                attempts.add(random.nextInt(6) == 0 ? delivered(second) : failed(second, i));
            }
            List<Attempted> heard = new ArrayList<>(attempts);
            for (int i = random.nextInt(10); i > 0; i--) {
                heard.add(attempts.get(random.nextInt(attempts.size())));
            }
            Collections.shuffle(heard, random);

            var streak = after(heard.toArray(Attempted[]::new));

            var success =
                    attempts.stream()
                            .filter(a -> a.result() == Result.DELIVERED)
                            .map(Attempted::startedAt)
                            .max(Instant::compareTo)
                            .orElse(Instant.MIN);
            var counting =
                    attempts.stream()
                            .filter(a -> a.result() == Result.FAILED)
                            .map(Attempted::startedAt)
                            .filter(at -> at.isAfter(success))
                            .sorted()
                            .toList();
            assertThat(streak.failures()).as("seed %s, %s", seed, heard).isEqualTo(counting.size());
            assertThat(streak.firstFailure())
                    .as("seed %s, %s", seed, heard)
                    .isEqualTo(counting.isEmpty() ? null : counting.getFirst());
        }
    }

    static Streak told(Streak streak, Told told) {
        return new Streak(
                streak.clearedAt(),
                streak.failures(),
                streak.firstFailure(),
                streak.goneAt(),
                streak.recent(),
                told);
    }

    private static Streak after(Attempted... attempts) {
        var streak = Streak.NONE;
        for (var attempt : attempts) {
            streak = streak.after(attempt);
        }
        return streak;
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static Attempted failed(int second) {
        return failed(second, second);
    }

    private static Attempted failed(int second, int message) {
        return new Attempted(WEBHOOK, at(second), "msg_" + message + "/1", Result.FAILED);
    }

    private static Attempted gone(int second) {
        return new Attempted(WEBHOOK, at(second), "msg_" + second + "/1", Result.GONE);
    }

    private static Attempted delivered(int second) {
        return new Attempted(WEBHOOK, at(second), "ok_" + second + "/1", Result.DELIVERED);
    }
}
