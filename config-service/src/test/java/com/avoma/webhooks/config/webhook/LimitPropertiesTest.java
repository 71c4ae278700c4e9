package com.avoma.webhooks.config.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import org.junit.jupiter.api.Test;

class LimitPropertiesTest {
    private static final String PREFIX = "webhooks.limits";

    @Test
    void hasTheContractsDefaults() {
        assertThat(BoundProperties.of(LimitProperties.class, PREFIX))
                .isEqualTo(new LimitProperties(20, 128, 4096, 100, 2048));
    }

    @Test
    void takesEachValue() {
        assertThat(
                        BoundProperties.of(
                                LimitProperties.class,
                                PREFIX,
                                "headers",
                                "1",
                                "header-name",
                                "2",
                                "header-value",
                                "3",
                                "name",
                                "4",
                                "url",
                                "5"))
                .isEqualTo(new LimitProperties(1, 2, 3, 4, 5));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(BoundProperties.refusal(LimitProperties.class, PREFIX, "header-value", "0"))
                .isEqualTo("header-value: 0 (expected: > 0)");
    }
}
