package com.avoma.webhooks.config.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import org.junit.jupiter.api.Test;

class MaintenancePropertiesTest {
    private static final String PREFIX = "webhooks.maintenance";

    @Test
    void hasNoTokenByDefault() {
        assertThat(BoundProperties.of(MaintenanceProperties.class, PREFIX).token()).isNull();
    }

    @Test
    void takesATokenAndDoesNotShowIt() {
        var properties =
                BoundProperties.of(
                        MaintenanceProperties.class, PREFIX, "token", "0123456789abcdef");

        assertThat(properties.token()).isEqualTo("0123456789abcdef");
        assertThat(properties).asString().doesNotContain("0123456789abcdef");
    }

    @Test
    void refusesOneThatIsGuessedSoonWithoutRepeatingIt() {
        assertThat(
                        BoundProperties.refusal(
                                MaintenanceProperties.class, PREFIX, "token", "hunter2hunter2"))
                .isEqualTo("token: too short (expected: at least 16 characters)");
        assertThat(BoundProperties.refusal(MaintenanceProperties.class, PREFIX, "token", ""))
                .startsWith("token: too short");
    }
}
