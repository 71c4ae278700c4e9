package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EveryChangeIsAuditedIT {
    private static final String LOG = "/v1/audit-log/";
    private static final String WEBHOOKS = "/v1/webhooks/";
    private static final String SECRET = "/v1/webhooks/signing-secret/";

    private final RunningService service = RunningService.shared();
    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);

    @Test
    void saysWhoChangedWhatWhenAndFromWhere() {
        var before = Instant.now().minusSeconds(1);
        var key = acme.apiKey();
        var clientKey = key.substring(0, key.indexOf(':'));
        var created =
                service.post(
                        key,
                        WEBHOOKS,
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/a","name":"A",
                         "teams":["%s"],"headers":[{"name":"X-Key","value":"open"}]}
                        """
                                .formatted(acme.team()));
        var path = WEBHOOKS + created.text("uuid") + "/";
        service.patch(acme.admin(), path, "{\"name\":\"B\",\"is_active\":false}");
        service.delete(key, path);
        service.patch(key, SECRET, "{\"signing_secret\":\"a-secret-of-our-own\"}");
        service.post(key, SECRET + "rotate/", "{\"overlap\":\"PT1H\"}");
        service.get(acme.admin(), SECRET);
        service.delete(key, SECRET);
        service.get(acme.admin(), SECRET);
        service.delete(acme.admin(), "/v1/api-keys/" + clientKey + "/");

        var log = service.get(acme.admin(), LOG);

        assertThat(log.status()).isEqualTo(200);
        assertThat(log.json().path("count").asInt()).isEqualTo(9);
        var entries = log.json().path("results");
        assertThat(entries.valueStream().map(entry -> entry.path("action").asString()))
                .containsExactly(
                        "api_key.deleted",
                        "signing_secret.deleted",
                        "signing_secret.revealed",
                        "signing_secret.rotated",
                        "signing_secret.set",
                        "webhook.deleted",
                        "webhook.updated",
                        "webhook.created",
                        "api_key.created");
        assertThat(entries.get(0).propertyNames())
                .containsExactly("at", "actor", "address", "action", "resource", "changes");
        assertThat(entries.valueStream())
                .allSatisfy(entry -> {
                    assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
                    assertThat(Instant.parse(entry.path("at").asString()))
                            .isBetween(before, Instant.now().plusSeconds(1));
                });
        assertThat(entries.get(7).path("actor").asString()).isEqualTo("key:" + clientKey);
        assertThat(entries.get(7).path("resource").asString())
                .isEqualTo("webhooks/" + created.text("uuid"));
        assertThat(changes(entries.get(7)))
                .contains("\"target_url\":{\"from\":null,\"to\":\"https://example.com/a\"}")
                .contains("\"teams\":{\"from\":null,\"to\":[\"" + acme.team() + "\"]}")
                .contains("\"to\":[{\"name\":\"X-Key\",\"value\":\"***\"}]");
        assertThat(entries.get(6).path("actor").asString()).isEqualTo("user:somebody");
        assertThat(changes(entries.get(6)))
                .isEqualTo(
                        "{\"name\":{\"from\":\"A\",\"to\":\"B\"},"
                                + "\"is_active\":{\"from\":true,\"to\":false},"
                                + "\"inactive_reason\":{\"from\":null,\"to\":\"admin\"}}");
        assertThat(changes(entries.get(5))).contains("\"name\":{\"from\":\"B\",\"to\":null}");
        assertThat(changes(entries.get(4)))
                .isEqualTo("{\"signing_secret\":{\"from\":null,\"to\":\"***\"}}");
        assertThat(changes(entries.get(3)))
                .startsWith("{\"signing_secret\":{\"from\":\"***\",\"to\":\"***\"},")
                .contains("\"overlap_until\":{\"from\":null,\"to\":\"20");
        assertThat(changes(entries.get(2))).isEqualTo("{}");
        assertThat(changes(entries.get(8)))
                .isEqualTo("{\"name\":{\"from\":null,\"to\":\"API key\"}}");
    }

    @Test
    void hasNoSecretInIt() {
        var key = acme.apiKey();
        service.patch(key, SECRET, "{\"signing_secret\":\"a-secret-of-our-own\"}");
        var rotated = service.post(key, SECRET + "rotate/", null).text("signing_secret");
        var created =
                service.post(
                        key,
                        WEBHOOKS,
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/","headers":[
                         {"name":"Authorization","value":"open-value"},
                         {"name":"X-Key","value":"secret-value","secret":true}]}
                        """);
        service.patch(
                key,
                WEBHOOKS + created.text("uuid") + "/",
                """
                {"headers":[{"name":"Authorization","value":"other-value"}]}
                """);

        var log = service.get(acme.admin(), LOG).raw().body();

        assertThat(log)
                .contains("X-Key", "Authorization", "signing_secret.rotated")
                .doesNotContain("a-secret-of-our-own", rotated)
                .doesNotContain("open-value", "secret-value", "other-value")
                .doesNotContain(key.substring(key.indexOf(':') + 1));
    }

    @Test
    void saysThatAnAnswerWithASecretWasGivenAgain() {
        for (var path : List.of("/v1/api-keys/", SECRET + "rotate/")) {
            for (int i = 0; i < 2; i++) {
                service.call("POST", acme.admin(), path, "{}", "Idempotency-Key", path);
            }
        }
        assertThat(actions())
                .containsExactly(
                        "signing_secret.revealed",
                        "signing_secret.rotated",
                        "api_key.revealed",
                        "api_key.created");
    }

    @Test
    void saysNothingOfWhatWasRefusedOrChangedNothing() {
        var created = acme.webhook("AINOTE", "https://example.com/");
        var path = WEBHOOKS + created.text("uuid") + "/";

        service.patch(acme.admin(), path, "{\"is_active\":true}");
        service.patch(acme.admin(), path, "{\"is_active\":7}");
        service.call("DELETE", acme.admin(), path, null, "If-Match", "\"7\"");
        service.patch(acme.member(), path, "{\"is_active\":false}");
        acme.webhook("NOPE", "https://example.com/");
        service.delete(acme.admin(), "/v1/api-keys/0123456789abcdef0123456789abcdef/");

        assertThat(actions()).containsExactly("webhook.created");
    }

    @Test
    void saysWhatThePlanDid() {
        acme.webhook("AINOTE", "https://example.com/");
        acme.becomes(Plan.STARTUP);

        await().atMost(Duration.ofSeconds(10)).until(() -> actions().size() == 2);
        var entry = service.get(acme.admin(), LOG).json().path("results").get(0);
        assertThat(entry.path("actor").asString()).isEqualTo("directory");
        assertThat(entry.path("address").isNull()).isTrue();
        assertThat(changes(entry)).contains("\"inactive_reason\":{\"from\":null,\"to\":\"plan\"}");
    }

    @Test
    void leadsOnAndBackInPages() {
        for (int i = 0; i < 5; i++) {
            acme.webhook("AINOTE", "https://example.com/" + i);
        }
        var whole = service.get(acme.admin(), LOG).json();

        var first = service.get(acme.admin(), LOG + "?limit=2").json();
        // what is added meanwhile moves nothing
        acme.webhook("AINOTE", "https://example.com/5");
        var second = service.get(acme.admin(), first.path("next").asString()).json();
        var third = service.get(acme.admin(), second.path("next").asString()).json();
        var back = service.get(acme.admin(), third.path("previous").asString()).json();
        var newer = service.get(acme.admin(), second.path("previous").asString()).json();

        assertThat(whole.path("next").isNull()).isTrue();
        assertThat(first.path("previous").isNull()).isTrue();
        assertThat(second.path("results").get(0)).isEqualTo(whole.path("results").get(2));
        assertThat(third.path("results").size()).isEqualTo(1);
        assertThat(third.path("results").get(0)).isEqualTo(whole.path("results").get(4));
        assertThat(third.path("next").isNull()).isTrue();
        assertThat(third.path("count").asInt()).isEqualTo(6);
        assertThat(back.path("results")).isEqualTo(second.path("results"));
        assertThat(newer.path("results")).isEqualTo(first.path("results"));
        assertThat(newer.path("previous").isNull()).isFalse();
        assertThat(service.get(acme.admin(), LOG + "?cursor=YWJj").status()).isEqualTo(400);
        assertThat(service.get(acme.admin(), LOG + "?actor=x").status()).isEqualTo(400);
    }

    @Test
    void isEachOrganizationsOwn() {
        acme.webhook("AINOTE", "https://example.com/");
        var other = TestOrganization.of(service, Plan.ENTERPRISE);

        assertThat(service.get(other.admin(), LOG).json().path("count").asInt()).isZero();
        assertThat(service.get(acme.member(), LOG).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_log set actor = 'nobody'",
                "delete from audit_log",
                "truncate audit_log"
            })
    void cannotBeChangedByAnyone(String sql) throws SQLException {
        acme.webhook("AINOTE", "https://example.com/");
        try (var connection = DatabaseDump.connect(service.database);
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("audit_log is append-only");
        }
        assertThat(actions()).containsExactly("webhook.created");
    }

    private List<String> actions() {
        return service.get(acme.admin(), LOG)
                .json()
                .path("results")
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    private static String changes(JsonNode entry) {
        return entry.path("changes").toString();
    }
}
