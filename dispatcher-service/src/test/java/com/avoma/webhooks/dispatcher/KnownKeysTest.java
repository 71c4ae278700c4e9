package com.avoma.webhooks.dispatcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;

class KnownKeysTest {
    @Test
    void refusesAMisspeltPrefixBeforeAnythingIsConnectedTo() {
        var application = new SpringApplicationBuilder(DispatcherApplication.class);

        assertThatThrownBy(() -> application.run("--webhooks.topcs.prefix=a-"))
                .hasMessageStartingWith("webhooks.topcs.prefix: unknown (expected: below ")
                .hasMessageContaining("webhooks.topics");
    }
}
