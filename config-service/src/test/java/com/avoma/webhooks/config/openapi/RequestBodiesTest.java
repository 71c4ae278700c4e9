package com.avoma.webhooks.config.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequestBodiesTest {
    @Test
    void nameTheirFieldsAsTheWireDoes() {
        assertThat(
                        Arrays.stream(RequestBodies.NewWebhook.class.getRecordComponents())
                                .map(RecordSchemas::name))
                .containsExactly(
                        "event_type",
                        "target_url",
                        "name",
                        "target_type",
                        "is_active",
                        "teams",
                        "headers",
                        "client_certificate");
    }

    @Test
    void areRequiredWhereSomethingInThemIs() {
        assertThat(RequestBodies.isRequired("createWebhook")).isTrue();
        assertThat(RequestBodies.isRequired("updateWebhook")).isTrue();
        assertThat(RequestBodies.isRequired("setSigningSecret")).isTrue();
        assertThat(RequestBodies.isRequired("rotateSigningSecret")).isFalse();
        assertThat(RequestBodies.isRequired("createApiKey")).isFalse();
    }

    @Test
    void areKnownOfEachOperationThatTakesOne() {
        assertThatThrownBy(() -> RequestBodies.type("takeSomethingElse"))
                .hasMessageContaining("takeSomethingElse");
    }
}
