package com.avoma.webhooks.config.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentRequestTest {
    private static final Caller CALLER = Caller.key(UUID.randomUUID(), "k", null);

    @Test
    void isNoneWithoutAKey() {
        assertThat(IdempotentRequest.of(CALLER, null, "POST /", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "a b", "\"quoted\"", "a,b", "~"})
    void takesPrintableAsciiForAKey(String key) {
        assertThat(request(key, "POST /", "{}").key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00e9", "a\nb", "\u0000"})
    void refusesAnythingElse(String key) {
        assertThatThrownBy(() -> request(key, "POST /", "{}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("Idempotency-Key: must be 1 to 255");
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        assertThat(request("k".repeat(255), "POST /", "{}").key()).hasSize(255);
        assertThatThrownBy(() -> request("k".repeat(256), "POST /", "{}"))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void isTheSameByOperationAndBody() {
        var request = request("k", "POST /a/", "{}");

        assertThat(request("other", "POST /a/", "{}").fingerprint())
                .isEqualTo(request.fingerprint());
        assertThat(request("k", "POST /b/", "{}").fingerprint())
                .isNotEqualTo(request.fingerprint());
        assertThat(request("k", "POST /a/", "{ }").fingerprint())
                .isNotEqualTo(request.fingerprint());
        assertThat(request("k", "POST /", "a/").fingerprint())
                .isNotEqualTo(request("k", "POST /a/", "").fingerprint());
    }

    private static IdempotentRequest request(String key, String operation, String body) {
        return IdempotentRequest.of(CALLER, key, operation, body.getBytes(StandardCharsets.UTF_8));
    }
}
