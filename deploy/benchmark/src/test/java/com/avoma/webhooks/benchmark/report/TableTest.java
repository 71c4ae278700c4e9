package com.avoma.webhooks.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void hasMediansWithTheLeastAndTheMostAndTheGoal() {
        var series = new Series("ratio", List.of(0.36, 0.3, 0.32), Goal.atLeast(0.4));

        assertThat(Table.of(new Result("a", "title", List.of(series), List.of())))
                .contains("(a) title")
                .containsPattern(
                        "ratio +0\\.320  \\(0\\.300 to 0\\.360\\)  goal: at least 0\\.40\n");
    }

    @Test
    void saysWhichRateWasNotKept() {
        var histogram = new Histogram(3);
        histogram.recordValue(1_000);
        var kept = Lateness.of("200 a second", 200, true, List.of(histogram));
        var missed = Lateness.of("400 a second", 400, false, List.of(histogram));

        assertThat(Table.of(new Result("c", "title", List.of(), List.of(kept, missed), List.of())))
                .containsPattern("ms late.* p50 +p90 +p99 +p99\\.9 +max\n")
                .containsPattern("200 a second( +1\\.000){5}\n")
                .containsPattern("400 a second( +1\\.000){5}  rate not kept\n");
    }
}
