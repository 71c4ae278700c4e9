package com.avoma.webhooks.config.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.deliverylog.AttemptTally;
import com.avoma.webhooks.config.statistics.StatisticsAnswer.Bucket;
import com.avoma.webhooks.config.statistics.StatisticsAnswer.Percentiles;
import com.avoma.webhooks.config.statistics.Summary.Count;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOON.plus(AttemptTally.STEP);
    private static final Period PERIOD =
            Period.of(
                    Map.of("from", List.of(NOON.toString())),
                    LATER.plus(AttemptTally.STEP.multipliedBy(2)));

    @Test
    void tellsPercentilesOfAllAttemptsFromThoseOfTheDelay() {
        var answer =
                summary(
                        new Count(NOON, AttemptTally.DELIVERED, 1, 90),
                        new Count(NOON, AttemptTally.DELIVERED, 5, 8),
                        new Count(NOON, AttemptTally.FAILED, 9, 2),
                        new Count(NOON, AttemptTally.DELAY, 3, 50));

        assertThat(answer.latencyMs()).isEqualTo(new Percentiles(1L, 5L, 9L));
        assertThat(answer.delayMs()).isEqualTo(new Percentiles(3L, 3L, 3L));
        assertThat(answer.delivered()).isEqualTo(98);
        assertThat(answer.failed()).isEqualTo(2);
        assertThat(answer.successRate()).isEqualTo(0.98);
    }

    @Test
    void countsInTheBucketInWhichAnAttemptBegan() {
        var buckets =
                summary(
                                new Count(NOON, AttemptTally.FAILED, 1, 1),
                                new Count(LATER, AttemptTally.DELIVERED, 2, 4))
                        .buckets();

        assertThat(buckets).extracting(Bucket::from).startsWith(NOON, LATER).hasSize(3);
        assertThat(buckets).extracting(Bucket::failed).containsExactly(1L, 0L, 0L);
        assertThat(buckets).extracting(Bucket::delivered).containsExactly(0L, 4L, 0L);
        assertThat(buckets).extracting(Bucket::successRate).containsExactly(0.0, 1.0, null);
    }

    private static StatisticsAnswer summary(Count... counts) {
        return Summary.of(PERIOD, List.of(counts), null, null);
    }
}
