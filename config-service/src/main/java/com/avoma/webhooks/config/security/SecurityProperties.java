package com.avoma.webhooks.config.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the product's tokens look like. Which of them are trusted is
/// `spring.security.oauth2.resourceserver.jwt.*`; without that, only API keys are.
///
/// @param organizationClaim the claim with the organization's uuid
/// @param roleClaim the claim with the role, or a list of roles
/// @param adminRole the role that may manage webhooks
/// @param issuer what `iss` has to be; null: any, which only `issuer-uri` makes safe where the key
///   is shared
@ConfigurationProperties(prefix = "webhooks.security", ignoreUnknownFields = false)
public record SecurityProperties(
        @DefaultValue("organization_uuid") String organizationClaim,
        @DefaultValue("role") String roleClaim,
        @DefaultValue("ADMIN") String adminRole,
        @Nullable String issuer) {

    public SecurityProperties {
        notBlank("organization-claim", organizationClaim);
        notBlank("role-claim", roleClaim);
        notBlank("admin-role", adminRole);
    }

    private static void notBlank(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + ": blank (expected: a name)");
        }
    }
}
