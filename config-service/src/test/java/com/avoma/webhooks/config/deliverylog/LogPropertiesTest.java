package com.avoma.webhooks.config.deliverylog;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogPropertiesTest {
    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(LogProperties.class, "webhooks.log"))
                .isEqualTo(
                        new LogProperties(
                                Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(366), 2));
    }

    @Test
    void takesValues() {
        assertThat(
                        BoundProperties.of(
                                LogProperties.class,
                                "webhooks.log",
                                "retention",
                                "7d",
                                "excerpts",
                                "1d",
                                "statistics",
                                "90d",
                                "consumers",
                                "4"))
                .isEqualTo(
                        new LogProperties(
                                Duration.ofDays(7), Duration.ofDays(1), Duration.ofDays(90), 4));
    }

    @Test
    void refusesWhatWouldLoseDeliveriesThatAreStillRetriedOrTakeNone() {
        assertThat(BoundProperties.refusal(LogProperties.class, "webhooks.log", "retention", "2d"))
                .isEqualTo("retention: PT48H (expected: at least 3d)");
        assertThat(BoundProperties.refusal(LogProperties.class, "webhooks.log", "excerpts", "-1d"))
                .isEqualTo("excerpts: PT-24H (expected: at least 0)");
        assertThat(BoundProperties.refusal(LogProperties.class, "webhooks.log", "statistics", "1h"))
                .isEqualTo("statistics: PT1H (expected: at least 1d)");
        assertThat(BoundProperties.refusal(LogProperties.class, "webhooks.log", "consumers", "0"))
                .isEqualTo("consumers: 0 (expected: > 0)");
    }
}
