package com.avoma.webhooks.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.topic.Topics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTopicsTest {
    private final WaitingTopics topics =
            topics("p.", Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(24));

    @ParameterizedTest
    @CsvSource({
        "PT0S, 1",
        "PT1M, 1",
        "PT5M, 1",
        "PT29M, 1",
        "PT30M, 2",
        "PT33M, 2",
        "PT23H, 2",
        "PT24H, 3",
        "PT27H, 3"
    })
    void choosesTheLastRungThatIsNotLonger(Duration wait, int rung) {
        assertThat(topics.fitting(wait)).isEqualTo("p.delivery-retry-" + rung);
    }

    @Test
    void choosesByLengthWhereALadderIsNotInOrder() {
        var odd = topics("", Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(10));

        assertThat(odd.fitting(Duration.ofMinutes(2))).isEqualTo("delivery-retry-2");
        assertThat(odd.fitting(Duration.ofMinutes(20))).isEqualTo("delivery-retry-1");
        assertThat(odd.fitting(Duration.ofSeconds(1))).isEqualTo("delivery-retry-1");
    }

    @Test
    void holdsARecordNoLongerThanItsRungWithJitter() {
        assertThat(topics.longestHold("p.delivery-retry-2")).isEqualTo(Duration.ofMinutes(33));
        assertThat(topics.longestHold("p.delivery-retry-9")).isEqualTo(Duration.ofMinutes(1));
        assertThat(topics("", Duration.ofSeconds(1)).longestHold("delivery-retry-1"))
                .isEqualTo(Duration.ofMinutes(1));
    }

    /// Hand-ons end: what is left shrinks with each, and fits a topic that holds it to its time.
    @Test
    void bringsARetryAfterToItsTimeInFewSteps() {
        var left = Duration.ofHours(23);
        int steps = 0;
        while (left.isPositive()) {
            left = left.minus(topics.longestHold(topics.fitting(left)));
            steps++;
        }

        assertThat(steps).isLessThan(50);
    }

    @Test
    void readsTheRungsOfALongerLadderToo() {
        var pattern = topics.pattern();

        assertThat(List.of("p.delivery-retry-1", "p.delivery-retry-12", "p.delivery-deferred"))
                .allMatch(name -> pattern.matcher(name).matches());
        assertThat(
                        List.of(
                                "p.delivery-jobs",
                                "px-delivery-retry-1",
                                "delivery-retry-1",
                                "p.delivery-retry-"))
                .noneMatch(name -> pattern.matcher(name).matches());
    }

    private static WaitingTopics topics(String prefix, Duration... rungs) {
        return new WaitingTopics(new Topics(prefix), new RetryLadder(List.of(rungs), 0.1));
    }
}
