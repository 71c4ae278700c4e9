package com.avoma.webhooks.config.console.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookFormTest {
    @Test
    void becomesTheRequestThatTheApiTakes() {
        var form =
                WebhookForm.of(
                        null,
                        Map.of(
                                "name", List.of(" Notes "),
                                "event_type", List.of("AINOTE"),
                                "target_url", List.of(" https://example.com/hook "),
                                "scope", List.of("teams"),
                                "team", List.of("b", "a"),
                                "header_name", List.of("X-One", "", " X-Two"),
                                "header_value", List.of("1", "", ""),
                                "header_kind", List.of("plain", "plain", "secret")));

        assertThat(new String(form.json(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"name\":\"Notes\",\"event_type\":\"AINOTE\","
                                + "\"target_url\":\"https://example.com/hook\","
                                + "\"teams\":[\"a\",\"b\"],\"headers\":["
                                + "{\"name\":\"X-One\",\"value\":\"1\"},"
                                + "{\"name\":\"X-Two\",\"secret\":true}]}");
    }

    @Test
    void leavesTeamsOutWhereAllMembersTriggerIt() {
        var form = WebhookForm.of(null, Map.of("scope", List.of("all"), "team", List.of("a")));

        assertThat(new String(form.json(), StandardCharsets.UTF_8))
                .contains("\"name\":null", "\"teams\":[]");
        assertThat(form.lacksTeams()).isFalse();
        assertThat(WebhookForm.of(null, Map.of("scope", List.of("teams"))).lacksTeams()).isTrue();
    }

    @Test
    void survivesFieldsThatNoBrowserSends() {
        var form =
                WebhookForm.of(
                        null,
                        Map.of("version", List.of("x"), "header_name", List.of("X-One", "X-Two")));

        assertThat(form.version()).isZero();
        assertThat(form.headers())
                .containsExactly(
                        new WebhookForm.Header("X-One", "", false),
                        new WebhookForm.Header("X-Two", "", false));
    }
}
