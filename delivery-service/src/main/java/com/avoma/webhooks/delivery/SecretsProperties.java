package com.avoma.webhooks.delivery;

import com.avoma.webhooks.common.secret.KeysetSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `webhooks.secrets`
///
/// @param keyset the keys that secrets are sealed with, the same as config-service's: a Tink keyset
///   in JSON, or `file:` and the path of one
/// @param kmsUri the key of the key management service that encrypted the keyset. With it nobody
///   who reads the settings has the secrets, and this service starts only where that one answers
/// @param kmsToken what a Vault or OpenBao wants to see, or `file:` and the path of it
@ConfigurationProperties(prefix = "webhooks.secrets", ignoreUnknownFields = false)
public record SecretsProperties(
        @Nullable String keyset, @Nullable String kmsUri, @Nullable String kmsToken) {
    public SecretsProperties {
        if (keyset == null || keyset.isBlank()) {
            throw new IllegalArgumentException(
                    "webhooks.secrets.keyset: none (expected: a Tink keyset in JSON, or"
                            + " file:/path/of/one)");
        }
    }

    /// Of the keyset, which the constructor has seen to be there.
    KeysetSource source() {
        return new KeysetSource(Objects.requireNonNull(keyset), kmsUri, kmsToken);
    }

    @Override
    public String toString() {
        return "SecretsProperties";
    }
}
