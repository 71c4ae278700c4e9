package com.avoma.webhooks.config.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.secret.KeysetSource;
import com.avoma.webhooks.config.BoundProperties;
import org.junit.jupiter.api.Test;

class SecretPropertiesTest {
    private static final String PREFIX = "webhooks.secrets";

    @Test
    void takesAKeysetAndDoesNotShowIt() {
        var properties =
                BoundProperties.of(SecretProperties.class, PREFIX, "keyset", "file:/etc/keyset");

        assertThat(properties.keyset()).isEqualTo("file:/etc/keyset");
        assertThat(properties).asString().doesNotContain("/etc/keyset");
    }

    @Test
    void takesAKeyThatEncryptedTheKeyset() {
        var uri = "hcvault://vault:8200/transit/keys/webhooks";
        var properties =
                BoundProperties.of(
                        SecretProperties.class,
                        PREFIX,
                        "keyset",
                        "file:/etc/keyset",
                        "kms-uri",
                        uri,
                        "kms-token",
                        "hush");

        assertThat(properties.source())
                .isEqualTo(new KeysetSource("file:/etc/keyset", uri, "hush"));
        assertThat(properties).asString().contains(uri).doesNotContain("hush");
        assertThat(properties.source()).asString().doesNotContain("hush", "/etc/keyset");
    }

    @Test
    void refusesToStartWithoutOne() {
        assertThat(BoundProperties.refusal(SecretProperties.class, PREFIX, "keyset", ""))
                .startsWith("keyset: missing (expected: a Tink AEAD keyset");
    }
}
