package com.avoma.webhooks.common.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The vectors were made with Python's hmac and OpenSSL.
class SignaturesTest {
    private static final String SECRET =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    record Vector(
            String name,
            String secret,
            String id,
            long timestamp,
            String body,
            String xAvomaSignature,
            String webhookSignature) {

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (var in = Signatures.class.getResourceAsStream("signature-vectors.json")) {
            assertThat(in).isNotNull();
            var vectors = List.of(Json.read(in.readAllBytes(), Vector[].class));
            assertThat(vectors).hasSizeGreaterThanOrEqualTo(8);
            return vectors.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signsAsTheVectorsSay(Vector vector) {
        assertThat(Signatures.avoma(vector.secret(), vector.bytes()))
                .isEqualTo(vector.xAvomaSignature())
                .matches("[0-9a-f]{64}");
        assertThat(
                        Signatures.standard(
                                vector.secret(), vector.id(), vector.timestamp(), vector.bytes()))
                .isEqualTo(vector.webhookSignature());
    }

    /// A key that is kept signs like a new one, again and again.
    @ParameterizedTest
    @MethodSource("vectors")
    void signsTheSameWithAKeyThatIsKept(Vector vector) {
        var key = SigningKey.of(vector.secret());
        for (int i = 0; i < 3; i++) {
            assertThat(key.avoma(vector.bytes())).isEqualTo(vector.xAvomaSignature());
            assertThat(key.standard(vector.id(), vector.timestamp(), vector.bytes()))
                    .isEqualTo(vector.webhookSignature());
        }
    }

    @Test
    void signsOnManyThreadsWithOneKey() {
        var key = SigningKey.of(SECRET);
        byte[] body = "{\"subject\":\"Planning\"}".repeat(100).getBytes(StandardCharsets.UTF_8);
        var expected = key.standard("msg_1", 1, body);

        assertThat(
                        IntStream.range(0, 5_000)
                                .parallel()
                                .mapToObj(_ -> key.standard("msg_1", 1, body))
                                .distinct())
                .containsExactly(expected);
    }

    @Test
    void keepsTheSecretOfAKeyToItself() {
        assertThat(SigningKey.of("hush")).isEqualTo(SigningKey.of("hush"));
        assertThat(SigningKey.of("hush")).isNotEqualTo(SigningKey.of("hash"));
        assertThat(SigningKey.of("hush").toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signsAsTheStandardWebhooksLibraryDoes(Vector vector) throws Exception {
        var library = new Webhook(Signatures.standardSecret(vector.secret()));

        assertThat(library.sign(vector.id(), vector.timestamp(), vector.body()))
                .isEqualTo(
                        Signatures.standard(
                                vector.secret(), vector.id(), vector.timestamp(), vector.bytes()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void hasOnlyBodiesThatSurviveJsonStringify(Vector vector) {
        assertThat(JsonNormalizer.normalizeObject(vector.bytes()).changed()).isFalse();
    }

    @Test
    void isVerifiedByTheStandardWebhooksLibraryWhileTwoSecretsOverlap() throws Exception {
        var body = "{\"subject\":\"Café 🚀\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var older = "0123456789abcdef";
        // the library compares with the clock of this machine
        long now = Instant.now().getEpochSecond();
        var headers =
                Map.of(
                        Signatures.ID_HEADER,
                        List.of("msg_1"),
                        Signatures.TIMESTAMP_HEADER,
                        List.of(Long.toString(now)),
                        Signatures.SIGNATURE_HEADER,
                        List.of(
                                Signatures.standard(SECRET, "msg_1", now, bytes)
                                        + " "
                                        + Signatures.standard(older, "msg_1", now, bytes)));

        for (var secret : List.of(SECRET, older)) {
            var library = new Webhook(Signatures.standardSecret(secret));
            assertThatCode(() -> library.verify(body, headers)).doesNotThrowAnyException();
            assertThatThrownBy(() -> library.verify(body + " ", headers))
                    .isInstanceOf(WebhookVerificationException.class);
        }
        var stranger = new Webhook(Signatures.standardSecret("fedcba9876543210"));
        assertThatThrownBy(() -> stranger.verify(body, headers))
                .isInstanceOf(WebhookVerificationException.class);
    }
}
