package com.avoma.webhooks.config.secret;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// What secrets are sealed with.
///
/// @param keyset a Tink AEAD keyset in JSON, or `file:` and the path of one; the same for
///   config-service and delivery-service. Whoever has it and the database has the secrets
@ConfigurationProperties(prefix = "webhooks.secrets", ignoreUnknownFields = false)
public record SecretProperties(String keyset) {
    public SecretProperties {
        if (keyset == null || keyset.isBlank()) {
            throw new IllegalArgumentException(
                    "keyset: missing (expected: a Tink AEAD keyset in JSON, or file:/path/of/one)");
        }
    }

    /// Without the keyset.
    @Override
    public String toString() {
        return "SecretProperties[keyset=***]";
    }
}
