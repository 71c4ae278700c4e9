package com.avoma.webhooks.config.deliverylog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    @Test
    void hasNoPercentileOfNothing() {
        assertThat(new Histogram().percentile(0.5)).isNull();
    }

    @Test
    void keepsWhatIsBeyondItsEnds() {
        assertThat(Histogram.slot(-5)).isZero();
        assertThat(Histogram.slot(Long.MAX_VALUE)).isLessThan(Short.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isWithinTwoAndAHalfPercentOfTheTruth(long seed) {
        var random = new Random(seed);
        var truth = new long[1 + random.nextInt(5_000)];
        var one = new Histogram();
        var other = new Histogram();
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (long) Math.exp(random.nextDouble() * 10);
            (random.nextBoolean() ? one : other).add(Histogram.slot(truth[i]), 1);
        }
        Arrays.sort(truth);
        one.add(other);

        assertThat(one.count()).isEqualTo(truth.length);
        for (double share : new double[] {0.5, 0.95, 0.99, 1}) {
            long exact = truth[(int) Math.ceil(share * truth.length) - 1];
            assertThat((double) one.percentile(share))
                    .as("seed %d share %s", seed, share)
                    .isCloseTo(exact, Percentage.withPercentage(exact < 30 ? 5 : 3));
        }
    }
}
