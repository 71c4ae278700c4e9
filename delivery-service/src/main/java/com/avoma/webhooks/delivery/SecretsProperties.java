package com.avoma.webhooks.delivery;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `webhooks.secrets`
///
/// @param keyset the keys that secrets are sealed with, the same as config-service's: a Tink keyset
///   in JSON, or `file:` and the path of one
@ConfigurationProperties(prefix = "webhooks.secrets", ignoreUnknownFields = false)
public record SecretsProperties(@Nullable String keyset) {
    public SecretsProperties {
        if (keyset == null || keyset.isBlank()) {
            throw new IllegalArgumentException(
                    "webhooks.secrets.keyset: none (expected: a Tink keyset in JSON, or"
                            + " file:/path/of/one)");
        }
    }

    /// The keyset, which the constructor has seen to be there.
    String required() {
        return Objects.requireNonNull(keyset);
    }

    @Override
    public String toString() {
        return "SecretsProperties";
    }
}
