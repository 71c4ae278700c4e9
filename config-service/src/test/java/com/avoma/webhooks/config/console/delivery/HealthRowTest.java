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

        var row = HealthRow.of(day(buckets));

        assertThat(row.delivered()).startsWith("8,0,0").hasSize(47);
        assertThat(row.failed()).startsWith("0,0,0").endsWith(",0,1").hasSize(47);
        assertThat(row.lastFailure()).isEqualTo(FROM.plus(Duration.ofMinutes(15 * 95)));
    }

    @Test
    void hasNoFailureWhereThereWasNone() {
        assertThat(HealthRow.of(day(List.of(bucket(0, 3, 0)))).lastFailure()).isNull();
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
