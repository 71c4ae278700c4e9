package com.avoma.webhooks.config.console.login;

import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Profile;

/// The one login of the quickstart's console. No other profile has it.
///
/// @param username of the admin
/// @param password in clear, as the quickstart prints it
/// @param organization the one that the admin is of
@Profile("quickstart")
@ConfigurationProperties(prefix = "webhooks.console", ignoreUnknownFields = false)
public record ConsoleLoginProperties(String username, String password, UUID organization) {
    public ConsoleLoginProperties {
        notBlank("webhooks.console.username", username);
        notBlank("webhooks.console.password", password);
        if (organization == null) {
            throw new IllegalArgumentException(
                    "webhooks.console.organization: none (expected: an organization's uuid)");
        }
    }

    private static void notBlank(String name, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": blank (expected: some text)");
        }
    }

    /// Without the password.
    @Override
    public String toString() {
        return "ConsoleLoginProperties[username=" + username + ", password=***]";
    }
}
