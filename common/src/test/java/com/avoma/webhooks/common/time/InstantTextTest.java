package com.avoma.webhooks.common.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "2024-02-29T23:59:59.120Z",
                "2100-02-28T12:00:00.000001Z",
                "2000-12-31T00:00:00.000000001Z",
                "0001-01-01T00:00:00Z",
                "0000-12-31T23:59:59Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z"
            })
    void printsAnyTimeAsInstantDoes(String time) {
        var instant = Instant.parse(time);
        assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
    }

    @Test
    void printsEveryDayOfFourHundredYears() {
        var day = Instant.parse("1850-01-01T12:34:56Z");
        for (int i = 0; i < 146_097; i++) {
            assertThat(InstantText.of(day)).isEqualTo(day.toString());
            day = day.plus(1, ChronoUnit.DAYS);
        }
    }

    @Test
    void printsFractionsInThreesOfDigits() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            int unit = new int[] {1, 1_000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
            var time =
                    Instant.ofEpochSecond(
                            random.nextLong(-60_000_000_000L, 250_000_000_000L),
                            random.nextInt(1_000_000_000) / unit * unit);
            assertThat(InstantText.of(time)).as("seed %d", seed).isEqualTo(time.toString());
        }
    }
}
