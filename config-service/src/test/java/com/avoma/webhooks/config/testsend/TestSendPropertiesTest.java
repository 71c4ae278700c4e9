package com.avoma.webhooks.config.testsend;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestSendPropertiesTest {
    private static final String PREFIX = "webhooks.test-sends";

    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(TestSendProperties.class, PREFIX))
                .isEqualTo(new TestSendProperties(Duration.ofSeconds(20), 8));
    }

    @Test
    void takesEachValue() {
        assertThat(
                        BoundProperties.of(
                                TestSendProperties.class, PREFIX, "patience", "3s", "at-once", "1"))
                .isEqualTo(new TestSendProperties(Duration.ofSeconds(3), 1));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(BoundProperties.refusal(TestSendProperties.class, PREFIX, "patience", "0s"))
                .isEqualTo("patience: PT0S (expected: > 0)");
        assertThat(BoundProperties.refusal(TestSendProperties.class, PREFIX, "at-once", "0"))
                .isEqualTo("at-once: 0 (expected: > 0)");
    }
}
