package com.avoma.webhooks.config.deliverylog;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Position EVENT = new Position("meeting-events", 1, 2);

    @Test
    void isPendingUntilAnAttemptSaysOtherwise() {
        var decided = Progress.decided(NOON, EVENT);

        assertThat(decided.status()).isEqualTo(Status.PENDING);
        assertThat(decided.expectedAt()).isEqualTo(NOON);
        assertThat(decided.merge(step(1, Verdict.RETRY)).status()).isEqualTo(Status.PENDING);
        assertThat(decided.merge(step(1, Verdict.RETRY)).expectedAt()).isEqualTo(at(301));
        assertThat(decided.merge(step(1, Verdict.DELIVERED)).status()).isEqualTo(Status.DELIVERED);
        assertThat(decided.merge(step(1, Verdict.DELIVERED)).expectedAt()).isNull();
        assertThat(decided.merge(step(1, Verdict.CANCELED)).status()).isEqualTo(Status.CANCELED);
        assertThat(decided.merge(step(1, Verdict.DEAD_LETTERED)).status())
                .isEqualTo(Status.DEAD_LETTERED);
    }

    @Test
    void holdsTheLastVerdictByTimeNotByArrival() {
        var delivered = step(1, Verdict.RETRY).merge(step(301, Verdict.DELIVERED));

        assertThat(delivered.merge(step(1, Verdict.RETRY)).status()).isEqualTo(Status.DELIVERED);
        assertThat(step(1, Verdict.RETRY).merge(delivered)).isEqualTo(delivered);
    }

    @Test
    void isPendingAgainOnceAPersonAskedUntilAnAttemptThatCameOfIt() {
        var dead = step(10, Verdict.DEAD_LETTERED);
        var asked = dead.merge(Progress.requested(at(100)));

        assertThat(asked.status()).isEqualTo(Status.PENDING);
        assertThat(asked.expectedAt()).isEqualTo(at(100));
        assertThat(asked.merge(manual(101, Verdict.DELIVERED)).status())
                .isEqualTo(Status.DELIVERED);
        assertThat(asked.merge(manual(101, Verdict.RETRY)).expectedAt()).isEqualTo(at(401));
        assertThat(asked.merge(manual(101, Verdict.DEAD_LETTERED)).status())
                .isEqualTo(Status.DEAD_LETTERED);
    }

    @Test
    void allowsForAClockThatIsBehind() {
        var asked = step(10, Verdict.DEAD_LETTERED).merge(Progress.requested(at(100)));

        assertThat(asked.merge(manual(97, Verdict.DELIVERED)).status()).isEqualTo(Status.DELIVERED);
        assertThat(asked.merge(manual(90, Verdict.DELIVERED)).status()).isEqualTo(Status.PENDING);
        assertThat(asked.merge(step(97, Verdict.DEAD_LETTERED)).status())
                .as("an attempt that nobody asked for")
                .isEqualTo(Status.PENDING);
    }

    @Test
    void isAcceptedByADecisionOrARequestAndNotByAnAttempt() {
        assertThat(step(1, Verdict.DELIVERED).accepted()).isFalse();
        assertThat(Progress.decided(NOON, EVENT).accepted()).isTrue();
        assertThat(Progress.requested(NOON).accepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void comesToTheSameInAnyOrderAndMultiplicity(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Progress> facts = new ArrayList<>();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                facts.add(fact(random));
            }
            var expected = facts.stream().reduce(Progress::merge).orElseThrow();
            List<Progress> mixed = new ArrayList<>(facts);
            for (int i = random.nextInt(4); i > 0; i--) {
                mixed.add(facts.get(random.nextInt(facts.size())));
            }
            Collections.shuffle(mixed, random);
            int cut = random.nextInt(mixed.size() + 1);

            assertThat(
                            merged(
                                    merged(null, mixed.subList(0, cut)),
                                    mixed.subList(cut, mixed.size())))
                    .as("seed %d round %d: %s", seed, round, mixed)
                    .isEqualTo(expected);
        }
    }

    private static @Nullable Progress merged(@Nullable Progress start, List<Progress> facts) {
        var merged = facts.stream().reduce(Progress::merge).orElse(null);
        if (start == null) {
            return merged;
        }
        return merged == null ? start : start.merge(merged);
    }

    private static Progress fact(Random random) {
        // few times, so that ties are common
        int second = random.nextInt(4);
        return switch (random.nextInt(4)) {
            case 0 -> Progress.decided(at(second), new Position("events", 0, random.nextInt(3)));
            case 1 -> Progress.requested(at(second));
            default ->
                    Progress.stepped(
                            new Progress.Step(
                                    at(second),
                                    Verdict.values()[random.nextInt(4)],
                                    null,
                                    new Position("jobs", 0, random.nextInt(3))),
                            random.nextBoolean());
        };
    }

    private static Progress step(int second, Verdict verdict) {
        return Progress.stepped(made(second, verdict), false);
    }

    private static Progress manual(int second, Verdict verdict) {
        return Progress.stepped(made(second, verdict), true);
    }

    private static Progress.Step made(int second, Verdict verdict) {
        var next = verdict == Verdict.RETRY ? at(second).plus(Duration.ofMinutes(5)) : null;
        return new Progress.Step(at(second), verdict, next, new Position("jobs", 0, second));
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
