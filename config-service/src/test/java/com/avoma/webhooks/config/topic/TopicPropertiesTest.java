package com.avoma.webhooks.config.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import org.junit.jupiter.api.Test;

class TopicPropertiesTest {
    private static final String PREFIX = "webhooks.topics";

    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(TopicProperties.class, PREFIX))
                .isEqualTo(new TopicProperties("", 12, -1));
    }

    @Test
    void takesEachValue() {
        assertThat(
                        BoundProperties.of(
                                TopicProperties.class,
                                PREFIX,
                                "prefix",
                                "a-",
                                "partitions",
                                "3",
                                "replication-factor",
                                "2"))
                .isEqualTo(new TopicProperties("a-", 3, 2));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(BoundProperties.refusal(TopicProperties.class, PREFIX, "partitions", "0"))
                .isEqualTo("partitions: 0 (expected: > 0)");
        assertThat(
                        BoundProperties.refusal(
                                TopicProperties.class, PREFIX, "replication-factor", "0"))
                .isEqualTo("replication-factor: 0 (expected: > 0, or -1)");
    }
}
