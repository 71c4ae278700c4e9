package com.avoma.webhooks.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private final Lateness lateness =
            Lateness.of("200 a second", 200, true, List.of(upTo(10_000), upTo(20_000)));

    @Test
    void hasAValueOfEachRunInMilliseconds() {
        assertThat(lateness.at(50).values()).hasSize(2);
        assertThat(lateness.at(50).min()).isCloseTo(5, within(0.01));
        assertThat(lateness.at(50).max()).isCloseTo(10, within(0.01));
        assertThat(lateness.at(99.9).max()).isCloseTo(19.98, within(0.02));
    }

    @Test
    void endsWithTheLargestValue() {
        assertThat(lateness.percentiles().stream().map(Series::name))
                .containsExactly("p50", "p90", "p99", "p99.9", "max");
        assertThat(lateness.percentiles().getLast().max()).isCloseTo(20, within(0.02));
    }

    /// One value of each microsecond.
    private static Histogram upTo(int micros) {
        var histogram = new Histogram(3);
        for (int i = 1; i <= micros; i++) {
            histogram.recordValue(i);
        }
        return histogram;
    }
}
