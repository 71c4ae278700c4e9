package com.avoma.webhooks.common.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;

/// Seals and opens secrets with an AEAD of Google Tink. The associated data is organization and
/// purpose, so a ciphertext that is moved to another organization or use does not open.
public final class SecretCipher {
    private final Aead aead;
    private final Aead primary;

    private SecretCipher(Aead aead, Aead primary) {
        this.aead = aead;
        this.primary = primary;
    }

    /// A cipher with the keys of a keyset that is not encrypted: Tink's JSON keyset itself, or
    /// `file:` and the path of one.
    ///
    /// @throws IllegalArgumentException where it is neither; the message does not repeat the value
    public static SecretCipher of(String keyset) {
        return of(KeysetSource.plain(keyset));
    }

    /// A cipher with the keys of a keyset. Asks the key management service where one is named, and
    /// blocks until it answers.
    ///
    /// @throws IllegalArgumentException where there is no keyset to be had of it; the message does
    ///   not repeat the keyset
    public static SecretCipher of(KeysetSource source) {
        try {
            AeadConfig.register();
            var handle = KeysetOpener.open(source);
            return new SecretCipher(aead(handle), aead(primaryOnly(handle)));
        } catch (GeneralSecurityException e) {
            var expected =
                    source.kmsUri() == null
                            ? "a Tink AEAD keyset in JSON, or file:/path/of/one; of an encrypted"
                                    + " one webhooks.secrets.kms-uri, too"
                            : "a Tink AEAD keyset that webhooks.secrets.kms-uri encrypted";
            throw new IllegalArgumentException(
                    "webhooks.secrets.keyset: not a usable keyset (expected: " + expected + ")", e);
        }
    }

    /// A new keyset of one AES-256-GCM key, as JSON.
    public static String newKeyset() {
        try {
            AeadConfig.register();
            var handle =
                    KeysetHandle.generateNew(
                            PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    handle, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink has AES-256-GCM on every platform", e);
        }
    }

    public SealedText seal(String text, UUID organization, Purpose purpose) {
        try {
            byte[] sealed =
                    aead.encrypt(
                            text.getBytes(StandardCharsets.UTF_8),
                            associatedData(organization, purpose));
            return new SealedText(Base64.getEncoder().encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /// Opens a sealed text.
    ///
    /// @throws SealBrokenException where no key of the keyset opens it for that organization and
    ///   purpose
    public String open(SealedText sealed, UUID organization, Purpose purpose) {
        try {
            byte[] text =
                    aead.decrypt(
                            Base64.getDecoder().decode(sealed.ciphertext()),
                            associatedData(organization, purpose));
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SealBrokenException(organization, purpose, e);
        }
    }

    /// The same text sealed with the keyset's primary key; what is so already comes back as it is.
    ///
    /// @throws SealBrokenException where no key of the keyset opens it for that organization and
    ///   purpose
    public SealedText reseal(SealedText sealed, UUID organization, Purpose purpose) {
        try {
            primary.decrypt(
                    Base64.getDecoder().decode(sealed.ciphertext()),
                    associatedData(organization, purpose));
            return sealed;
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return seal(open(sealed, organization, purpose), organization, purpose);
        }
    }

    private static Aead aead(KeysetHandle handle) throws GeneralSecurityException {
        return handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static KeysetHandle primaryOnly(KeysetHandle handle) throws GeneralSecurityException {
        var primary = handle.getPrimary();
        return KeysetHandle.newBuilder()
                .addEntry(
                        KeysetHandle.importKey(primary.getKey())
                                .withFixedId(primary.getId())
                                .makePrimary())
                .build();
    }

    private static byte[] associatedData(UUID organization, Purpose purpose) {
        return (organization + "/" + purpose).getBytes(StandardCharsets.UTF_8);
    }
}
