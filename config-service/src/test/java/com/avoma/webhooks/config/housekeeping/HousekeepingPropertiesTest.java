package com.avoma.webhooks.config.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HousekeepingPropertiesTest {
    private static final String PREFIX = "webhooks.housekeeping";

    @Test
    void isDoneEveryMinute() {
        assertThat(BoundProperties.of(HousekeepingProperties.class, PREFIX).interval())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void readsTheInterval() {
        assertThat(
                        BoundProperties.of(HousekeepingProperties.class, PREFIX, "interval", "2s")
                                .interval())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void refusesNoInterval() {
        assertThat(BoundProperties.refusal(HousekeepingProperties.class, PREFIX, "interval", "0s"))
                .isEqualTo("interval: PT0S (expected: > 0)");
    }
}
