package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;

class KnownKeysTest {
    @Test
    void refusesAMisspeltPrefixBeforeAnythingIsConnectedTo() {
        var application = new SpringApplicationBuilder(ConfigApplication.class);

        assertThatThrownBy(() -> application.run("--webhooks.topcs.prefix=a-"))
                .hasMessageStartingWith("webhooks.topcs.prefix: unknown (expected: below ")
                .hasMessageContaining("webhooks.topics");
    }
}
