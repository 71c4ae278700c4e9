package com.avoma.webhooks.common.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCipherTest {
    private static final String SECRET = "a secret of 27 characters é";
    private static final UUID ORGANIZATION =
            UUID.fromString("8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d");
    private static final UUID OTHER = UUID.fromString("5b0c8f3e-2a41-4c7d-9e0b-7f1d2c3a4b5e");

    private final String keyset = SecretCipher.newKeyset();
    private final SecretCipher cipher = SecretCipher.of(keyset);
    private final SealedText sealed = cipher.seal(SECRET, ORGANIZATION, Purpose.SIGNING_SECRET);

    @Test
    void opensWhatItSealed() {
        assertThat(cipher.open(sealed, ORGANIZATION, Purpose.SIGNING_SECRET)).isEqualTo(SECRET);
        assertThat(SecretCipher.of(keyset).open(sealed, ORGANIZATION, Purpose.SIGNING_SECRET))
                .isEqualTo(SECRET);
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        assertThat(cipher.seal(SECRET, ORGANIZATION, Purpose.SIGNING_SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void doesNotOpenForAnotherOrganization() {
        doesNotOpen(cipher, sealed, OTHER, Purpose.SIGNING_SECRET);
    }

    @Test
    void doesNotOpenForAnotherPurpose() {
        doesNotOpen(cipher, sealed, ORGANIZATION, Purpose.HEADER_VALUE);
    }

    @Test
    void doesNotOpenWithAnotherKeyset() {
        var stranger = SecretCipher.of(SecretCipher.newKeyset());
        doesNotOpen(stranger, sealed, ORGANIZATION, Purpose.SIGNING_SECRET);
    }

    @Test
    void doesNotOpenWhatWasAltered() {
        byte[] bytes = Base64.getDecoder().decode(sealed.ciphertext());
        for (int i = 0; i < bytes.length; i++) {
            byte[] altered = bytes.clone();
            altered[i] ^= 1;
            doesNotOpen(
                    cipher,
                    new SealedText(Base64.getEncoder().encodeToString(altered)),
                    ORGANIZATION,
                    Purpose.SIGNING_SECRET);
        }
        doesNotOpen(cipher, new SealedText("not base64!"), ORGANIZATION, Purpose.SIGNING_SECRET);
        doesNotOpen(cipher, new SealedText(""), ORGANIZATION, Purpose.SIGNING_SECRET);
    }

    @Test
    void sealsAnewOnlyWhatThePrimaryKeyDidNotSeal() throws Exception {
        var older =
                TinkJsonProtoKeysetFormat.parseKeyset(
                        keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        var both =
                KeysetHandle.newBuilder(older)
                        .addEntry(
                                KeysetHandle.generateEntryFromParameters(
                                                PredefinedAeadParameters.AES256_GCM)
                                        .withRandomId()
                                        .makePrimary())
                        .build();
        var rotated =
                SecretCipher.of(
                        TinkJsonProtoKeysetFormat.serializeKeyset(
                                both, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));

        var anew = rotated.reseal(sealed, ORGANIZATION, Purpose.SIGNING_SECRET);

        assertThat(anew).isNotEqualTo(sealed);
        assertThat(rotated.open(anew, ORGANIZATION, Purpose.SIGNING_SECRET)).isEqualTo(SECRET);
        doesNotOpen(cipher, anew, ORGANIZATION, Purpose.SIGNING_SECRET);
        assertThat(rotated.reseal(anew, ORGANIZATION, Purpose.SIGNING_SECRET)).isSameAs(anew);
        assertThat(cipher.reseal(sealed, ORGANIZATION, Purpose.SIGNING_SECRET)).isSameAs(sealed);
        assertThatExceptionOfType(SealBrokenException.class)
                .isThrownBy(() -> rotated.reseal(sealed, OTHER, Purpose.SIGNING_SECRET));
    }

    @Test
    void opensWhatAnOlderKeyOfItsKeysetSealed() throws Exception {
        var older =
                TinkJsonProtoKeysetFormat.parseKeyset(
                        keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        var newer =
                KeysetHandle.newBuilder(older)
                        .addEntry(
                                KeysetHandle.generateEntryFromParameters(
                                                PredefinedAeadParameters.AES256_GCM)
                                        .withRandomId()
                                        .makePrimary())
                        .build();
        var rotated =
                SecretCipher.of(
                        TinkJsonProtoKeysetFormat.serializeKeyset(
                                newer, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));

        assertThat(rotated.open(sealed, ORGANIZATION, Purpose.SIGNING_SECRET)).isEqualTo(SECRET);
        doesNotOpen(
                cipher,
                rotated.seal(SECRET, ORGANIZATION, Purpose.SIGNING_SECRET),
                ORGANIZATION,
                Purpose.SIGNING_SECRET);
    }

    @Test
    void readsItsKeysetFromAFile(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("keyset.json"), keyset);

        assertThat(
                        SecretCipher.of("file:" + file)
                                .open(sealed, ORGANIZATION, Purpose.SIGNING_SECRET))
                .isEqualTo(SECRET);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> SecretCipher.of("file:" + folder.resolve("none.json")))
                .withMessageContaining("webhooks.secrets.keyset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "hunter2hunter2", "{\"key\":[\"hunter2\"]}"})
    void refusesWhatIsNoKeysetWithoutRepeatingIt(String value) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SecretCipher.of(value))
                .withMessageStartingWith("webhooks.secrets.keyset: not a usable keyset")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void doesNotShowTheTextInWhatItSeals() {
        assertThat(
                        new String(
                                Base64.getDecoder().decode(sealed.ciphertext()),
                                StandardCharsets.ISO_8859_1))
                .doesNotContain("a secret");
    }

    private static void doesNotOpen(
            SecretCipher cipher, SealedText text, UUID organization, Purpose purpose) {
        assertThatExceptionOfType(SealBrokenException.class)
                .isThrownBy(() -> cipher.open(text, organization, purpose))
                .withMessageContaining(organization.toString())
                .withMessageContaining(purpose.toString())
                .withMessageNotContaining(SECRET);
    }
}
