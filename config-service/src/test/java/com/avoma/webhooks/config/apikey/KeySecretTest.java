package com.avoma.webhooks.config.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySecretTest {
    private final KeySecret key = KeySecret.random(new SecureRandom());

    @Test
    void has128And256RandomBits() {
        assertThat(key.clientKey()).matches("[0-9a-f]{32}");
        assertThat(key.secret()).matches("[A-Za-z0-9_-]{43}");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            var another = KeySecret.random(new SecureRandom());
            assertThat(seen.add(another.clientKey())).isTrue();
            assertThat(seen.add(another.secret())).isTrue();
        }
    }

    @Test
    void matchesItsOwnHashOnly() {
        var hash = key.hash();
        assertThat(hash).hasSize(32);
        assertThat(key.matches(hash)).isTrue();
        assertThat(new KeySecret(key.clientKey(), key.secret()).matches(hash)).isTrue();
        assertThat(new KeySecret(key.clientKey(), key.secret() + "x").matches(hash)).isFalse();
        assertThat(new KeySecret(key.clientKey(), "").matches(hash)).isFalse();
        assertThat(key.matches(new byte[0])).isFalse();
        for (int i = 0; i < hash.length; i++) {
            hash[i] ^= 1;
            assertThat(key.matches(hash)).isFalse();
            hash[i] ^= 1;
        }
    }

    @Test
    void hashesTheClientKeyAlongSoThatRowsCannotBeSwapped() {
        var other = KeySecret.random(new SecureRandom());
        assertThat(new KeySecret(other.clientKey(), key.secret()).matches(key.hash())).isFalse();
    }

    @Test
    void doesNotPrintTheSecret() {
        assertThat(key.toString()).contains(key.clientKey()).doesNotContain(key.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcde\n",
                "0123456789abcdef0123456789abcdeg"
            })
    void knowsWhatIsNoClientKey(String text) {
        assertThat(KeySecret.isClientKey(text)).isFalse();
        assertThat(KeySecret.isClientKey("0123456789abcdef0123456789abcdef")).isTrue();
    }
}
