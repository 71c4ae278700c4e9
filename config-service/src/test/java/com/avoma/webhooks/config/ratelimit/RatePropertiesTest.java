package com.avoma.webhooks.config.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import org.junit.jupiter.api.Test;

class RatePropertiesTest {
    private static final String PREFIX = "webhooks.api";

    @Test
    void allowsOneRequestASecondByKeyAndTenByToken() {
        assertThat(BoundProperties.of(RateProperties.class, PREFIX))
                .isEqualTo(new RateProperties(60, 600));
    }

    @Test
    void readsBoth() {
        assertThat(
                        BoundProperties.of(
                                RateProperties.class,
                                PREFIX,
                                "requests-per-minute",
                                "1",
                                "user-requests-per-minute",
                                "2"))
                .isEqualTo(new RateProperties(1, 2));
    }

    @Test
    void refusesNone() {
        assertThat(
                        BoundProperties.refusal(
                                RateProperties.class, PREFIX, "requests-per-minute", "0"))
                .isEqualTo("requests-per-minute: 0 (expected: > 0)");
    }
}
