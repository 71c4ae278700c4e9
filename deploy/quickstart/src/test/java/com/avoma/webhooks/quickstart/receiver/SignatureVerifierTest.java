package com.avoma.webhooks.quickstart.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.signature.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {
    private static final String SECRET =
            "0d3c6f1a9b8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060504";
    private static final byte[] BODY =
            "{\"event_type\":\"AINOTE\",\"subject\":\"Größe 🎉\"}".getBytes(StandardCharsets.UTF_8);
    private static final String ID = "msg_0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");
    private static final String TIMESTAMP = Long.toString(NOW.getEpochSecond());

    private final SignatureVerifier verifier = new SignatureVerifier(SECRET);

    @Test
    void acceptsWhatTheSenderSigns() {
        assertThat(verifier.verifiesAvoma(Signatures.avoma(SECRET, BODY), BODY)).isTrue();
        assertThat(verifier.verifiesStandard(ID, TIMESTAMP, standard(SECRET), BODY, NOW)).isTrue();
    }

    @Test
    void agreesWithAKnownSignature() {
        // RFC 4231, test case 2
        var jefe = new SignatureVerifier("Jefe");
        assertThat(
                        jefe.verifiesAvoma(
                                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                                "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    void refusesAnotherSecretOrBody() {
        var other = Signatures.avoma("another secret", BODY);
        byte[] changed = BODY.clone();
        changed[3] ^= 1;
        assertThat(verifier.verifiesAvoma(other, BODY)).isFalse();
        assertThat(verifier.verifiesAvoma(Signatures.avoma(SECRET, BODY), changed)).isFalse();
        assertThat(verifier.verifiesStandard(ID, TIMESTAMP, standard("other"), BODY, NOW))
                .isFalse();
        assertThat(verifier.verifiesStandard(ID, TIMESTAMP, standard(SECRET), changed, NOW))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "v1,", "sha256=00", " "})
    void refusesWhatIsNoSignature(String signature) {
        assertThat(verifier.verifiesAvoma(signature, BODY)).isFalse();
        assertThat(verifier.verifiesStandard(ID, TIMESTAMP, signature, BODY, NOW)).isFalse();
    }

    @Test
    void refusesAnotherSpellingOfTheRightSignature() {
        var right = Signatures.avoma(SECRET, BODY);
        assertThat(verifier.verifiesAvoma(right.toUpperCase(Locale.ROOT), BODY)).isFalse();
        assertThat(verifier.verifiesAvoma("sha256=" + right, BODY)).isFalse();
    }

    @Test
    void refusesAnotherIdOrTimestampThanWasSigned() {
        var later = Long.toString(NOW.getEpochSecond() + 1);
        assertThat(verifier.verifiesStandard("msg_other", TIMESTAMP, standard(SECRET), BODY, NOW))
                .isFalse();
        assertThat(verifier.verifiesStandard(ID, later, standard(SECRET), BODY, NOW)).isFalse();
        assertThat(verifier.verifiesStandard(null, TIMESTAMP, standard(SECRET), BODY, NOW))
                .isFalse();
        assertThat(verifier.verifiesStandard(ID, null, standard(SECRET), BODY, NOW)).isFalse();
        assertThat(verifier.verifiesStandard(ID, "yesterday", standard(SECRET), BODY, NOW))
                .isFalse();
    }

    @Test
    void findsTheRightOneAmongSeveralWhileSecretsOverlap() {
        var both = standard("the next secret") + " " + standard(SECRET) + " v1a,other";
        assertThat(verifier.verifiesStandard(ID, TIMESTAMP, both, BODY, NOW)).isTrue();
    }

    @Test
    void refusesARequestThatIsPlayedAgain() {
        var within = NOW.plus(SignatureVerifier.TOLERANCE);
        var after = within.plus(Duration.ofSeconds(1));
        assertThat(verifier.verifiesStandard(ID, TIMESTAMP, standard(SECRET), BODY, within))
                .isTrue();
        assertThat(verifier.verifiesStandard(ID, TIMESTAMP, standard(SECRET), BODY, after))
                .isFalse();
    }

    private static String standard(String secret) {
        return Signatures.standard(secret, ID, NOW.getEpochSecond(), BODY);
    }
}
