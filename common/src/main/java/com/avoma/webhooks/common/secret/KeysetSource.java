package com.avoma.webhooks.common.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the keyset that seals secrets comes from: `webhooks.secrets.*` of config-service and
/// delivery-service.
///
/// @param keyset a Tink AEAD keyset in JSON, or `file:` and the path of one
/// @param kmsUri the key of a key management service that encrypted the keyset; null: it is not
///   encrypted
/// @param kmsToken what [VaultTransitClient] shows, or `file:` and the path of it; null: nothing
public record KeysetSource(String keyset, @Nullable String kmsUri, @Nullable String kmsToken) {
    private static final String FILE_SCHEME = "file:";

    /// A keyset that is not encrypted.
    public static KeysetSource plain(String keyset) {
        return new KeysetSource(keyset, null, null);
    }

    /// The keyset's JSON.
    String json() {
        return read("webhooks.secrets.keyset", keyset);
    }

    @Nullable String token() {
        return kmsToken == null ? null : read("webhooks.secrets.kms-token", kmsToken).strip();
    }

    private static String read(String property, String value) {
        if (!value.startsWith(FILE_SCHEME)) {
            return value;
        }
        var path = Path.of(value.substring(FILE_SCHEME.length()));
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(property + ": cannot read " + path, e);
        }
    }

    /// Without keyset and token.
    @Override
    public String toString() {
        return "KeysetSource[kmsUri=" + kmsUri + "]";
    }
}
