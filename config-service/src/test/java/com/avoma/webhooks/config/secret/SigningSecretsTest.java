package com.avoma.webhooks.config.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretsTest {
    private static final UUID ACME = UUID.fromString("8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final SigningSecrets secrets =
            new SigningSecrets(SecretCipher.of(SecretCipher.newKeyset()), new SecureRandom());
    private final OrganizationSetup none =
            new OrganizationSetup(ACME, Plan.ENTERPRISE, List.of(), List.of());

    @Test
    void generates64HexDigits() {
        assertThat(secrets.generate()).matches("[0-9a-f]{64}").isNotEqualTo(secrets.generate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sixteen chars ok",
                "0123456789abcdef",
                "!\\\"#$%&'()*+,-./:;<=>?@[]^_`{|}~",
                ""
            })
    void takesCustomSecrets(String json) {
        assertThat(SigningSecrets.custom(body("{\"signing_secret\":\"" + json + "\"}")))
                .isEqualTo(json.replace("\\\"", "\""));
    }

    @Test
    void takes16To128Characters() {
        assertThat(SigningSecrets.custom(ofLength(16))).hasSize(16);
        assertThat(SigningSecrets.custom(ofLength(128))).hasSize(128);
        assertRefused(() -> SigningSecrets.custom(ofLength(15)), "16 to 128");
        assertRefused(() -> SigningSecrets.custom(ofLength(129)), "16 to 128");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"signing_secret\":\" leading space is bad\"}|no space at either end",
                "{\"signing_secret\":\"trailing space is bad \"}|no space at either end",
                "{\"signing_secret\":\"not printable \\n at all\"}|printable ASCII",
                "{\"signing_secret\":\"not ASCII, häßlich so\"}|printable ASCII",
                "{\"signing_secret\":null}|is required",
                "{}|is required",
                "{\"signing_secret\":1234567890123456}|must be a text",
                "{\"secret\":\"0123456789abcdef\"}|nearest one is signing_secret"
            })
    void refusesOthersWithoutRepeatingThem(String json, String rule) {
        assertThatThrownBy(() -> SigningSecrets.custom(body(json)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(rule)
                .hasMessageNotContaining("is bad")
                .hasMessageNotContaining("0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT0S", "PT24H,PT24H", "P30D,PT720H", "PT0.5S,PT0.5S"})
    void takesOverlaps(String text, Duration overlap) {
        assertThat(SigningSecrets.overlap(body("{\"overlap\":\"" + text + "\"}")))
                .isEqualTo(overlap);
    }

    @Test
    void hasNoOverlapWhereNoneIsAskedFor() {
        assertThat(SigningSecrets.overlap(null)).isZero();
        assertThat(SigningSecrets.overlap(body("{}"))).isZero();
        assertThat(SigningSecrets.overlap(body("{\"overlap\":null}"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"24h", "", "P1Y", "-PT1S", "P31D", "PT9999999999999999999H", "P1M"})
    void refusesOtherOverlaps(String text) {
        assertRefused(
                () -> SigningSecrets.overlap(body("{\"overlap\":\"" + text + "\"}")),
                "overlap: must be");
    }

    @Test
    void endsTheOldSecretAtOnceWithoutAnOverlap() {
        var first = secrets.replace(none, "the first secret", Duration.ZERO, NOW);
        var second = secrets.replace(first, "the second secret", Duration.ZERO, NOW);

        assertThat(second.signingSecrets()).hasSize(1);
        assertThat(secrets.reveal(ACME, second.signingSecrets())).isEqualTo("the second secret");
    }

    @Test
    void keepsTheOldSecretForTheOverlapAndOnlyThatOne() {
        var first = secrets.replace(none, "the first secret", Duration.ofHours(1), NOW);
        assertThat(first.signingSecrets()).as("there was none before").hasSize(1);
        var second = secrets.replace(first, "the second secret", Duration.ofHours(2), NOW);
        var third = secrets.replace(second, "the third secret", Duration.ofHours(3), NOW);

        assertThat(third.signingSecrets()).hasSize(2);
        assertThat(third.signingSecrets().get(0).until()).isNull();
        assertThat(third.signingSecrets().get(1).until()).isEqualTo(NOW.plusSeconds(3 * 3600));
        assertThat(secrets.reveal(ACME, third.signingSecrets().subList(1, 2)))
                .isEqualTo("the second secret");
    }

    @Test
    void endsAnOverlapWhenTheSecretIsDeleted() {
        var first = secrets.replace(none, "the first secret", Duration.ZERO, NOW);
        var second = secrets.replace(first, "the second secret", Duration.ofHours(2), NOW);

        var deleted = secrets.replace(second, "", Duration.ZERO, NOW);

        assertThat(deleted.signingSecrets()).isEmpty();
        assertThat(secrets.reveal(ACME, deleted.signingSecrets())).isEmpty();
    }

    private static byte[] ofLength(int length) {
        return body("{\"signing_secret\":\"" + "x".repeat(length) + "\"}");
    }

    private static byte[] body(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String rule) {
        assertThatThrownBy(call).isInstanceOf(RefusedException.class).hasMessageContaining(rule);
    }
}
