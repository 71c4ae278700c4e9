package com.avoma.webhooks.config.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeactivationPropertiesTest {
    private static final String PREFIX = "webhooks.deactivation";

    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(DeactivationProperties.class, PREFIX))
                .isEqualTo(
                        new DeactivationProperties(
                                5, Duration.ofHours(24), Duration.ofMillis(500)));
    }

    @Test
    void takesEachValue() {
        assertThat(
                        BoundProperties.of(
                                DeactivationProperties.class,
                                PREFIX,
                                "consecutive-failures",
                                "7",
                                "failing-for",
                                "3d",
                                "check-interval",
                                "2s"))
                .isEqualTo(
                        new DeactivationProperties(7, Duration.ofDays(3), Duration.ofSeconds(2)));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(refusal("consecutive-failures", "0"))
                .isEqualTo("consecutive-failures: 0 (expected: > 0)");
        assertThat(refusal("failing-for", "0s")).isEqualTo("failing-for: PT0S (expected: > 0)");
        assertThat(refusal("check-interval", "-1s"))
                .isEqualTo("check-interval: PT-1S (expected: > 0)");
    }

    private static String refusal(String key, String value) {
        return BoundProperties.refusal(DeactivationProperties.class, PREFIX, key, value);
    }
}
