package com.avoma.webhooks.common.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.security.GeneralSecurityException;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Makes a keyset out of its source, with the help of a key management service where one encrypted
/// it. Asks that service once, at start-up; blocks.
///
/// HashiCorp Vault's (and OpenBao's) transit engine is built in. Any other [KmsClient] that the
/// class path offers as a service is found: Tink's own for AWS and Google Cloud bring large SDKs,
/// which a service that sends webhooks should not carry for nothing.
final class KeysetOpener {
    private static final byte[] NO_ASSOCIATED_DATA = {};

    private KeysetOpener() {}

    /// @throws GeneralSecurityException where it is no keyset, or the service does not open it
    static KeysetHandle open(KeysetSource source) throws GeneralSecurityException {
        var json = source.json();
        var uri = source.kmsUri();
        if (uri == null) {
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    json, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        }
        var kms = client(source, uri).getAead(uri);
        return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, kms, NO_ASSOCIATED_DATA);
    }

    private static KmsClient client(KeysetSource source, String uri)
            throws GeneralSecurityException {
        var found =
                Stream.concat(
                                Stream.of(new VaultTransitClient(source.token())),
                                StreamSupport.stream(
                                        ServiceLoader.load(KmsClient.class).spliterator(), false))
                        .filter(client -> client.doesSupport(uri))
                        .findFirst();
        if (found.isEmpty()) {
            throw new GeneralSecurityException(
                    "nothing on the class path knows the key management service of " + uri);
        }
        var client = found.get();
        return client instanceof VaultTransitClient ? client : client.withDefaultCredentials();
    }
}
