package com.avoma.webhooks.config.console.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.signature.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureDiagnosisTest {
    private static final String SECRET =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String BODY = "{\"event_type\":\"AINOTE\",\"subject\":\"Café 🎉\"}";
    private static final String RIGHT = Signatures.avoma(SECRET, utf8(BODY));

    @Test
    void acceptsWhatMatches() {
        var verdict = SignatureDiagnosis.of(BODY, RIGHT, SECRET);

        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.title()).isEqualTo("It matches");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void namesTheMistake(String title, String body, String signature, String secret) {
        var verdict = SignatureDiagnosis.of(body, signature, secret);

        assertThat(verdict.title()).isEqualTo(title);
        assertThat(verdict.valid()).isFalse();
    }

    static Stream<Arguments> mistakes() throws GeneralSecurityException {
        var rightBytes = HexFormat.of().parseHex(RIGHT);
        return Stream.of(
                mistake("There is white space around the signature", BODY, RIGHT + "\n", SECRET),
                mistake(
                        "It is right, in capital letters",
                        BODY,
                        RIGHT.toUpperCase(Locale.ROOT),
                        SECRET),
                mistake("It has a prefix", BODY, "sha256=" + RIGHT, SECRET),
                mistake(
                        "It is right, in Base64",
                        BODY,
                        Base64.getEncoder().encodeToString(rightBytes),
                        SECRET),
                mistake(
                        "It is a signature of the header webhook-signature",
                        BODY,
                        Signatures.standard(SECRET, "msg_1", 1, utf8(BODY)),
                        SECRET),
                mistake("There is white space around the secret", BODY, RIGHT, SECRET + "\n"),
                mistake(
                        "The secret was decoded from hexadecimal",
                        BODY,
                        mac("HmacSHA256", HexFormat.of().parseHex(SECRET), BODY),
                        SECRET),
                mistake(
                        "The secret was decoded from Base64",
                        BODY,
                        mac("HmacSHA256", Base64.getDecoder().decode(SECRET), BODY),
                        SECRET),
                mistake(
                        "The key was the secret in its whsec_ form",
                        BODY,
                        mac("HmacSHA256", utf8(Signatures.standardSecret(SECRET)), BODY),
                        SECRET),
                mistake(
                        "It was made with another hash",
                        BODY,
                        mac("HmacSHA1", utf8(SECRET), BODY),
                        SECRET),
                mistake(
                        "It was made without the secret",
                        BODY,
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(BODY))),
                        SECRET),
                mistake(
                        "The body has other line ends or blanks around it",
                        BODY + "\n",
                        RIGHT,
                        SECRET),
                mistake(
                        "The body was parsed and written again",
                        "{ \"event_type\": \"AINOTE\",\n \"subject\": \"Caf\\u00e9 🎉\" }",
                        RIGHT,
                        SECRET),
                mistake("There is no signature", BODY, "", SECRET),
                mistake("It is not a signature of ours", BODY, "abc", SECRET),
                mistake(
                        "It belongs to another secret or another body",
                        BODY,
                        RIGHT,
                        "another secret of somebody else"),
                mistake(
                        "It belongs to another secret or another body",
                        "not { json",
                        RIGHT,
                        SECRET));
    }

    private static Arguments mistake(String title, String body, String signature, String secret) {
        return Arguments.of(title, body, signature, secret);
    }

    private static String mac(String algorithm, byte[] key, String body)
            throws GeneralSecurityException {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return HexFormat.of().formatHex(mac.doFinal(utf8(body)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
