package com.avoma.webhooks.config.deliverylog;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogPropertiesTest {
    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(LogProperties.class, "webhooks.log"))
                .isEqualTo(new LogProperties(Duration.ofDays(30), 2));
    }

    @Test
    void takesValues() {
        assertThat(
                        BoundProperties.of(
                                LogProperties.class,
                                "webhooks.log",
                                "retention",
                                "7d",
                                "consumers",
                                "4"))
                .isEqualTo(new LogProperties(Duration.ofDays(7), 4));
    }

    @Test
    void refusesWhatWouldLoseDeliveriesThatAreStillRetriedOrTakeNone() {
        assertThat(BoundProperties.refusal(LogProperties.class, "webhooks.log", "retention", "2d"))
                .isEqualTo("retention: PT48H (expected: at least 3d)");
        assertThat(BoundProperties.refusal(LogProperties.class, "webhooks.log", "consumers", "0"))
                .isEqualTo("consumers: 0 (expected: > 0)");
    }
}
