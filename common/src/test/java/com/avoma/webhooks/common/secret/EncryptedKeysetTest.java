package com.avoma.webhooks.common.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedKeysetTest {
    private static final UUID ORGANIZATION =
            UUID.fromString("8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d");

    private final FakeTransit vault = new FakeTransit();
    private final String keyset = SecretCipher.newKeyset();
    private final SealedText sealed =
            SecretCipher.of(keyset).seal("secret", ORGANIZATION, Purpose.SIGNING_SECRET);

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void isOpenedByAVault() throws Exception {
        opens(new KeysetSource(encrypted(), vault.uri(), FakeTransit.TOKEN));
    }

    @Test
    void comesFromAFileAndSoDoesTheToken(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("keyset.json"), encrypted());
        var token = Files.writeString(folder.resolve("token"), FakeTransit.TOKEN + "\n");

        opens(new KeysetSource("file:" + file, vault.uri(), "file:" + token));
    }

    @Test
    void isMadeByAVaultAsTinkDoesIt() throws Exception {
        var key = new VaultTransitClient(FakeTransit.TOKEN).getAead(vault.uri());
        var json = TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(handle(), key, new byte[0]);

        opens(new KeysetSource(json, vault.uri(), FakeTransit.TOKEN));
    }

    @Test
    void isOpenedByWhatTheClassPathOffers() throws Exception {
        var json =
                TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                        handle(), PluggedKmsClient.key(), new byte[0]);

        opens(new KeysetSource(json, PluggedKmsClient.URI, null));
    }

    @Test
    void staysClosedWithoutTheRightToken() throws Exception {
        refused(new KeysetSource(encrypted(), vault.uri(), "hvs.other"), "status 403");
        refused(new KeysetSource(encrypted(), vault.uri(), null), "status 403");
    }

    @Test
    void staysClosedForAnotherKey() throws Exception {
        try (var other = new FakeTransit()) {
            var source = new KeysetSource(encrypted(), other.uri(), FakeTransit.TOKEN);
            refused(source, "status 400");
        }
        refused(new KeysetSource(encrypted(), vault.uri() + "-2", FakeTransit.TOKEN), "status 404");
    }

    @Test
    void staysClosedWhereNobodyAnswers() throws Exception {
        var source = new KeysetSource(encrypted(), vault.uri(), FakeTransit.TOKEN);
        vault.close();

        refused(source, "does not answer");
    }

    @Test
    void isToldFromOneThatIsNotEncrypted() throws Exception {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SecretCipher.of(encrypted()))
                .withMessageContaining("webhooks.secrets.kms-uri");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        SecretCipher.of(new KeysetSource(keyset, vault.uri(), FakeTransit.TOKEN)))
                .withMessageContaining("that webhooks.secrets.kms-uri encrypted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws-kms://arn:aws:kms:eu-west-1:1:key/k",
                "no-kms://host/key",
                "hcvault://vault:8200/webhooks",
                "hcvault://vault:8200/transit/keys/a/b",
                "hcvault:///transit/keys/webhooks",
                "hcvault://va ult/transit/keys/webhooks",
                "hcvault+http://vault:8200/transit/keys/webhooks",
                "hcvault+http://10.0.0.1:8200/transit/keys/webhooks"
            })
    void isNotSentAnywhereByAKeyThatIsNone(String uri) throws Exception {
        refused(new KeysetSource(encrypted(), uri, FakeTransit.TOKEN), uri);
    }

    private void opens(KeysetSource source) {
        assertThat(SecretCipher.of(source).open(sealed, ORGANIZATION, Purpose.SIGNING_SECRET))
                .isEqualTo("secret");
    }

    private static void refused(KeysetSource source, String why) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SecretCipher.of(source))
                .withMessageStartingWith("webhooks.secrets.keyset: not a usable keyset")
                .withMessageNotContaining(source.keyset())
                .withCauseInstanceOf(GeneralSecurityException.class)
                .havingCause()
                .withMessageContaining(why);
    }

    /// By hand, as `docs/operations.md` says.
    private String encrypted() throws GeneralSecurityException {
        byte[] binary =
                TinkProtoKeysetFormat.serializeKeyset(handle(), InsecureSecretKeyAccess.get());
        byte[] ciphertext = vault.encrypt(binary).getBytes(StandardCharsets.UTF_8);
        return "{\"encryptedKeyset\":\"%s\"}"
                .formatted(Base64.getEncoder().encodeToString(ciphertext));
    }

    private KeysetHandle handle() throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(
                keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    }
}
