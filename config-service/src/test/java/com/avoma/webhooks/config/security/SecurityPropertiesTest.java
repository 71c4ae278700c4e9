package com.avoma.webhooks.config.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import org.junit.jupiter.api.Test;

class SecurityPropertiesTest {
    private static final String PREFIX = "webhooks.security";

    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(SecurityProperties.class, PREFIX))
                .isEqualTo(new SecurityProperties("organization_uuid", "role", "ADMIN", null));
    }

    @Test
    void takesEachValue() {
        assertThat(
                        BoundProperties.of(
                                SecurityProperties.class,
                                PREFIX,
                                "organization-claim",
                                "org",
                                "role-claim",
                                "roles",
                                "admin-role",
                                "admin",
                                "issuer",
                                "https://id.example.com"))
                .isEqualTo(
                        new SecurityProperties("org", "roles", "admin", "https://id.example.com"));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(BoundProperties.refusal(SecurityProperties.class, PREFIX, "role-claim", " "))
                .isEqualTo("role-claim: blank (expected: a name)");
    }
}
