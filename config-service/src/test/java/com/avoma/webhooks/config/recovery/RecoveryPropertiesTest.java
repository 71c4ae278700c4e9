package com.avoma.webhooks.config.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecoveryPropertiesTest {
    private static final String PREFIX = "webhooks.recovery";

    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(RecoveryProperties.class, PREFIX))
                .isEqualTo(new RecoveryProperties(200, 2, Duration.ofSeconds(20)));
    }

    @Test
    void takesEachValue() {
        assertThat(
                        BoundProperties.of(
                                RecoveryProperties.class,
                                PREFIX,
                                "rate",
                                "7",
                                "workers",
                                "3",
                                "lease",
                                "1s"))
                .isEqualTo(new RecoveryProperties(7, 3, Duration.ofSeconds(1)));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(BoundProperties.refusal(RecoveryProperties.class, PREFIX, "rate", "0"))
                .isEqualTo("rate: 0 (expected: > 0)");
        assertThat(BoundProperties.refusal(RecoveryProperties.class, PREFIX, "workers", "0"))
                .isEqualTo("workers: 0 (expected: > 0)");
        assertThat(BoundProperties.refusal(RecoveryProperties.class, PREFIX, "lease", "10ms"))
                .isEqualTo("lease: PT0.01S (expected: at least 1s)");
    }
}
