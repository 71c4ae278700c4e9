package com.avoma.webhooks.config.secret;

import com.avoma.webhooks.common.secret.KeysetSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What secrets are sealed with.
///
/// @param keyset a Tink AEAD keyset in JSON, or `file:` and the path of one; the same for
///   config-service and delivery-service. Whoever has it and the database has the secrets
/// @param kmsUri the key of the key management service that encrypted the keyset. With it nobody
///   who reads the settings has the secrets, and this service starts only where that one answers
/// @param kmsToken what a Vault or OpenBao wants to see, or `file:` and the path of it
@ConfigurationProperties(prefix = "webhooks.secrets", ignoreUnknownFields = false)
public record SecretProperties(String keyset, @Nullable String kmsUri, @Nullable String kmsToken) {
    public SecretProperties {
        if (keyset == null || keyset.isBlank()) {
            throw new IllegalArgumentException(
                    "keyset: missing (expected: a Tink AEAD keyset in JSON, or file:/path/of/one)");
        }
    }

    KeysetSource source() {
        return new KeysetSource(keyset, kmsUri, kmsToken);
    }

    /// Without keyset and token.
    @Override
    public String toString() {
        return "SecretProperties[kmsUri=" + kmsUri + "]";
    }
}
