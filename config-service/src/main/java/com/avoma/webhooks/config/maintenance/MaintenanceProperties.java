package com.avoma.webhooks.config.maintenance;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Who may ask for tasks on every organization.
///
/// @param token what operators send as `Authorization: Bearer`; 16 characters or more. Without it
///   only this machine may ask, directly: enough for a shell in the container or a forwarded port,
///   too little where a proxy on this machine passes on what others send
@ConfigurationProperties(prefix = "webhooks.maintenance", ignoreUnknownFields = false)
public record MaintenanceProperties(@Nullable String token) {
    private static final int SHORTEST = 16;

    public MaintenanceProperties {
        if (token != null && token.strip().length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "token: too short (expected: at least " + SHORTEST + " characters)");
        }
    }

    /// Without the token.
    @Override
    public String toString() {
        return "MaintenanceProperties[token=" + (token == null ? "null" : "***") + "]";
    }
}
