package com.avoma.webhooks.benchmark.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    @ParameterizedTest
    @CsvSource({"0.48, 0.5", "1, 1", "1.1, 1.5", "56486, 60000", "700, 800", "0, 1e-307"})
    void endsAtARoundNumberThatIsNotBelowTheValue(double value, double most) {
        var scale = Scale.linear(value, 0, 100);

        assertThat(scale.most()).isGreaterThanOrEqualTo(value);
        if (value > 0) {
            assertThat(scale.most()).isCloseTo(most, within(most * 1e-9));
        }
    }

    @Test
    void putsTheEndsOfALinearAxisWhereTheyBelong() {
        var scale = Scale.linear(1.1, 200, 500);

        assertThat(scale.at(0)).isEqualTo(200);
        assertThat(scale.at(scale.most())).isEqualTo(500);
        assertThat(scale.at(scale.most() / 2)).isEqualTo(350);
        assertThat(scale.ticks().getFirst()).isZero();
        assertThat(scale.ticks().getLast()).isCloseTo(scale.most(), within(1e-9));
    }

    @Test
    void givesEachDecadeOfALogarithmicAxisTheSameLength() {
        var scale = Scale.logarithmic(1, 1_000, 300, 0);

        assertThat(scale.at(1)).isEqualTo(300);
        assertThat(scale.at(10)).isCloseTo(200, within(1e-6));
        assertThat(scale.at(1_000)).isCloseTo(0, within(1e-6));
        assertThat(scale.ticks())
                .usingComparatorForType(ScaleTest::nearly, Double.class)
                .containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0);
    }

    @Test
    void holdsWhateverValuesThereAre() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            double least = Math.pow(10, random.nextDouble(-4, 5));
            double most = least * random.nextDouble(1, 1e5);
            var scale = Scale.logarithmic(least, most, 0, 1);

            var why = "seed " + seed + ": " + least + " to " + most;
            assertThat(scale.at(least)).as(why).isBetween(-1e-6, 1.0);
            assertThat(scale.at(most)).as(why).isBetween(0.0, 1 + 1e-6);
            assertThat(scale.ticks()).as(why).hasSizeBetween(2, 40);
        }
    }

    @Test
    void refusesALogarithmOfZero() {
        assertThatThrownBy(() -> new Scale(0, 10, 0, 100, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("least: 0.0 (expected: below 10.0, > 0)");
    }

    private static int nearly(double one, double other) {
        return Math.abs(one - other) < 1e-9 * Math.abs(other) ? 0 : Double.compare(one, other);
    }
}
