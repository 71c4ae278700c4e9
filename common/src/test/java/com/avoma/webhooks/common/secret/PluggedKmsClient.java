package com.avoma.webhooks.common.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/// A key management service that is only on the class path, with one key in memory.
public final class PluggedKmsClient implements KmsClient {
    static final String URI = "plugged-kms://key";

    private static final Aead KEY = newKey();

    private boolean hasCredentials;

    static Aead key() {
        return KEY;
    }

    @Override
    public boolean doesSupport(String keyUri) {
        return keyUri.startsWith("plugged-kms://");
    }

    @Override
    public KmsClient withCredentials(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KmsClient withDefaultCredentials() {
        hasCredentials = true;
        return this;
    }

    @Override
    public Aead getAead(String keyUri) throws GeneralSecurityException {
        if (!hasCredentials) {
            throw new GeneralSecurityException("no credentials");
        }
        return KEY;
    }

    private static Aead newKey() {
        try {
            AeadConfig.register();
            return com.google.crypto.tink.KeysetHandle.generateNew(
                            PredefinedAeadParameters.AES256_GCM)
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
