package com.avoma.webhooks.config.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import org.junit.jupiter.api.Test;

class PlanPropertiesTest {
    private static final String PREFIX = "webhooks.plans";

    @Test
    void hasTheContractsDefaults() {
        assertThat(BoundProperties.of(PlanProperties.class, PREFIX))
                .isEqualTo(new PlanProperties(0, 10, 50));
    }

    @Test
    void takesEachValue() {
        assertThat(
                        BoundProperties.of(
                                PlanProperties.class,
                                PREFIX,
                                "startup",
                                "1",
                                "organization",
                                "2",
                                "enterprise",
                                "3"))
                .isEqualTo(new PlanProperties(1, 2, 3));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(BoundProperties.refusal(PlanProperties.class, PREFIX, "enterprise", "-1"))
                .isEqualTo("enterprise: -1 (expected: >= 0)");
        assertThat(BoundProperties.refusal(PlanProperties.class, PREFIX, "entreprise", "1"))
                .contains("were left unbound");
    }
}
