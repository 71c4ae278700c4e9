package com.avoma.webhooks.config.console.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.statistics.StatisticsAnswer;
import com.avoma.webhooks.config.statistics.StatisticsAnswer.Bucket;
import com.avoma.webhooks.config.statistics.StatisticsAnswer.Percentiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthRowTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Percentiles NONE = new Percentiles(null, null, null);

    @Test
    void drawsABarAnHour() {
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < 96; i++) {
            buckets.add(bucket(i, i < 4 ? 2 : 0, i == 95 || i == 50 ? 1 : 0));
        }

        var last = FROM.plus(Duration.ofHours(23));
        var row = HealthRow.of(day(buckets), last);

        assertThat(row.delivered()).startsWith("8,0,0").hasSize(47);
        assertThat(row.failed()).startsWith("0,0,0").endsWith(",0,1").hasSize(47);
        assertThat(row.lastFailure()).isEqualTo(last);
    }

    @Test
    void knowsInWhichPartOfTheDayItFailedLast() {
        var buckets = List.of(bucket(0, 0, 1), bucket(1, 0, 1), bucket(2, 3, 0));

        assertThat(HealthRow.lastToFail(day(buckets)))
                .isEqualTo(
                        new HealthRow.Part(
                                FROM.plus(Duration.ofMinutes(15)),
                                FROM.plus(Duration.ofMinutes(30))));
        assertThat(HealthRow.lastToFail(day(buckets.subList(0, 1))))
                .isEqualTo(new HealthRow.Part(FROM, FROM.plus(Duration.ofDays(1))));
        assertThat(HealthRow.lastToFail(day(List.of(bucket(0, 3, 0))))).isNull();
    }

    private static Bucket bucket(int index, long delivered, long failed) {
        return new Bucket(
                FROM.plus(Duration.ofMinutes(15L * index)), delivered, failed, null, NONE, NONE);
    }

    private static StatisticsAnswer day(List<Bucket> buckets) {
        return new StatisticsAnswer(
                FROM, FROM.plus(Duration.ofDays(1)), 0, 0, null, NONE, NONE, null, null, buckets);
    }
}
