package com.avoma.webhooks.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void isReachedByItsOwnValueWhereThatIsTheLeast() {
        assertThat(Goal.atLeast(0.4).isReachedBy(0.4)).isTrue();
        assertThat(Goal.atLeast(0.4).isReachedBy(0.39)).isFalse();
    }

    @Test
    void isNotReachedByItsOwnValueWhereItHasToBeBelow() {
        assertThat(Goal.below(50).isReachedBy(50)).isFalse();
        assertThat(Goal.below(50).isReachedBy(49.9)).isTrue();
    }

    @Test
    void isReachedByNothingElseWhereItIsExact() {
        assertThat(Goal.exactly(0).isReachedBy(0)).isTrue();
        assertThat(Goal.exactly(0).isReachedBy(-1)).isFalse();
    }

    @Test
    void isTextWithAsManyDigitsAsItNeeds() {
        assertThat(Goal.atLeast(0.4).text()).isEqualTo("at least 0.40");
        assertThat(Goal.below(15).text()).isEqualTo("below 15");
        assertThat(Goal.exactly(1).text()).isEqualTo("1");
    }
}
