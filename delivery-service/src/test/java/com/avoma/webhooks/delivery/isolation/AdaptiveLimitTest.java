package com.avoma.webhooks.delivery.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
    private final AdaptiveLimit limit = new AdaptiveLimit(32);
    private long now = 1;

    @Test
    void doublesEachRoundUpToTheMost() {
        assertThat(limit.permits()).isEqualTo(4);
        round(Result.DELIVERED, 50);
        assertThat(limit.permits()).isEqualTo(8);
        round(Result.DELIVERED, 50);
        assertThat(limit.permits()).isEqualTo(16);
        round(Result.DELIVERED, 50);
        round(Result.DELIVERED, 50);
        assertThat(limit.permits()).isEqualTo(32);
    }

    @Test
    void doesNotGrowUnused() {
        for (int i = 0; i < 100; i++) {
            end(Result.DELIVERED, 50, 1);
        }

        assertThat(limit.permits()).isEqualTo(4);
    }

    @Test
    void halvesOnceARoundWhereTheEndpointIsNotReachedAndThenGrowsByOneARound() {
        round(Result.DELIVERED, 50);
        round(Result.UNREACHABLE, 50);
        assertThat(limit.permits()).isEqualTo(4);
        round(Result.DELIVERED, 50);
        assertThat(limit.permits()).isEqualTo(4);
        round(Result.DELIVERED, 50);
        assertThat(limit.permits()).isEqualTo(5);
    }

    @Test
    void halvesOnceARoundWhereAllIsTooMuchForIt() {
        for (int i = 0; i < 4; i++) {
            round(Result.DELIVERED, 50);
        }
        round(Result.OVERLOADED, 50);
        assertThat(limit.permits()).isEqualTo(31);
        round(Result.OVERLOADED, 50);
        assertThat(limit.permits()).isEqualTo(15);
        round(Result.OVERLOADED, 50);
        assertThat(limit.permits()).isEqualTo(7);
    }

    @Test
    void staysUsefulWhereItFailsSomeOfTheEvents() {
        assertThat(permitsWhereItFailsOneIn(10)).isGreaterThan(28);
        assertThat(permitsWhereItFailsOneIn(3)).isBetween(4, 9);
        assertThat(permitsWhereItFailsOneIn(2)).isBetween(1, 3);
    }

    /// On average, when it has settled.
    private static int permitsWhereItFailsOneIn(int part) {
        var random = new Random(1);
        var limit = new AdaptiveLimit(32);
        long now = 1;
        double sum = 0;
        int rounds = 500;
        for (int round = 0; round < 2 * rounds; round++) {
            long begun = now;
            now += nanos(200);
            int permits = limit.permits();
            sum += round < rounds ? 0 : permits;
            for (int i = 0; i < permits; i++) {
                boolean fails = random.nextInt(part) == 0;
                limit.ended(fails ? Result.OVERLOADED : Result.DELIVERED, begun, now, permits);
            }
        }
        return (int) Math.round(sum / rounds);
    }

    @Test
    void neverFallsBelowOne() {
        for (int i = 0; i < 20; i++) {
            round(Result.UNREACHABLE, 15_000);
        }

        assertThat(limit.permits()).isEqualTo(1);
    }

    @Test
    void takesARefusalForNoSignOfOverload() {
        round(Result.DELIVERED, 50);
        round(Result.REFUSED, 50);

        assertThat(limit.permits()).isEqualTo(8);
    }

    @Test
    void shrinksWhereTheEndpointTakesWellOverItsLeastTime() {
        round(Result.DELIVERED, 50);
        round(Result.DELIVERED, 50);
        int before = limit.permits();
        round(Result.DELIVERED, 900);
        round(Result.DELIVERED, 900);

        assertThat(limit.permits()).isLessThan(before);
    }

    /// Some of its answers take a hundred times as long as its quickest.
    @Test
    void toleratesAnEndpointWhoseAnswersVary() {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            end(Result.DELIVERED, 1 + random.nextInt(400), limit.permits());
        }

        assertThat(limit.permits()).isGreaterThan(16);
    }

    @Test
    void toleratesAnEndpointThatIsSlowAllTheTime() {
        round(Result.DELIVERED, 3_000);
        round(Result.DELIVERED, 3_000);

        assertThat(limit.permits()).isEqualTo(16);
        limit.aged(nanos(5_000), now);
        assertThat(limit.permits()).isEqualTo(16);
    }

    @Test
    void seesWithinASecondThatAttemptsHang() {
        limit.aged(nanos(1_000), now);
        assertThat(limit.permits()).isEqualTo(4);
        limit.aged(nanos(1_001), now);
        assertThat(limit.permits()).isEqualTo(2);
        limit.aged(nanos(1_101), now + nanos(100));
        assertThat(limit.permits()).isEqualTo(2);
        limit.aged(nanos(2_002), now + nanos(1_001));
        assertThat(limit.permits()).isEqualTo(1);
    }

    @Test
    void beginsWithOneAfterAnOutage() {
        round(Result.DELIVERED, 50);
        limit.restart();
        assertThat(limit.permits()).isEqualTo(1);
        round(Result.DELIVERED, 50);
        round(Result.DELIVERED, 50);
        round(Result.DELIVERED, 50);
        assertThat(limit.permits()).isEqualTo(8);
    }

    /// As many attempts as there are permits, at once.
    private void round(Result result, long millis) {
        int permits = limit.permits();
        long begun = now;
        now += nanos(millis);
        for (int left = permits; left > 0; left--) {
            limit.ended(result, begun, now, permits);
        }
    }

    private void end(Result result, long millis, int inFlight) {
        now += nanos(millis);
        limit.ended(result, now - nanos(millis), now, inFlight);
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
