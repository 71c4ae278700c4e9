package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnlyAdminsOfTheOrganizationGetInIT {
    private final RunningService service = RunningService.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "nonsense:nonsense",
                "0123456789abcdef0123456789abcdef:secret",
                "%00:x",
                ":",
                "a.b.c",
                "eyJhbGciOiJub25lIn0.e30."
            })
    void refusesWhatIsNoCredential(String credentials) {
        assertUnauthorized(service.get(credentials, "/v1/webhooks/"));
    }

    @Test
    void refusesACallWithoutCredentials() {
        assertUnauthorized(service.call("GET", null, "/v1/webhooks/", null));
        assertUnauthorized(service.call("POST", null, "/v1/webhooks/", "{}"));
        assertUnauthorized(
                service.call("GET", null, "/v1/webhooks/", null, "Authorization", "Basic YTpi"));
    }

    @Test
    void refusesTokensThatAreNotTrusted() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);

        assertUnauthorized(service.get(Tokens.ofAnotherKey(acme.uuid()), "/v1/webhooks/"));
        assertUnauthorized(service.get(Tokens.ofAnotherIssuer(acme.uuid()), "/v1/webhooks/"));
        assertUnauthorized(service.get(Tokens.expired(acme.uuid()), "/v1/webhooks/"));
    }

    @Test
    void refusesMembersAndUnknownOrganizationsInWords() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);

        var member = service.get(acme.member(), "/v1/webhooks/");
        var stranger = service.get(Tokens.of(UUID.randomUUID(), "ADMIN"), "/v1/webhooks/");

        assertThat(member.status()).isEqualTo(403);
        assertThat(member.text("detail")).contains("admins");
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.text("detail")).contains("not in the directory");
    }

    @ParameterizedTest
    @CsvSource({"GET,", "PATCH,{}", "PATCH,'{\"is_active\":false}'", "DELETE,"})
    void doesNotKnowTheWebhooksOfAnotherOrganization(String method, String body) {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var other = TestOrganization.of(service, Plan.ENTERPRISE);
        var webhook = acme.webhook("AINOTE", "https://example.com/");

        var answer =
                service.call(
                        method, other.apiKey(), "/v1/webhooks/" + webhook.text("uuid") + "/", body);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(service.get(acme.admin(), "/v1/webhooks/" + webhook.text("uuid")).json())
                .isEqualTo(webhook.json());
    }

    @Test
    void knowsNothingElseOfAnotherOrganizationEither() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var other = TestOrganization.of(service, Plan.ENTERPRISE);
        acme.webhook("AINOTE", "https://example.com/");
        service.post(acme.admin(), "/v1/webhooks/signing-secret/rotate/", null);
        var key = acme.apiKey();

        assertThat(service.get(other.admin(), "/v1/webhooks/").json().path("count").asInt())
                .isZero();
        assertThat(service.get(other.admin(), "/v1/api-keys/").json().path("count").asInt())
                .isZero();
        assertThat(
                        service.get(other.admin(), "/v1/webhooks/signing-secret/")
                                .text("signing_secret"))
                .isEmpty();
        var teams = service.get(other.admin(), "/v1/teams/").json().path("results");
        assertThat(teams.toString())
                .isEqualTo("[{\"uuid\":\"" + other.team() + "\",\"name\":\"Sales\"}]");
        var clientKey = key.substring(0, key.indexOf(':'));
        assertThat(service.delete(other.admin(), "/v1/api-keys/" + clientKey + "/").status())
                .isEqualTo(404);
        var foreignTeam =
                service.post(
                        other.admin(),
                        "/v1/webhooks/",
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/","teams":["%s"]}
                        """
                                .formatted(acme.team()));
        assertThat(foreignTeam.status()).isEqualTo(400);
        assertThat(foreignTeam.text("detail")).contains("no team is " + acme.team());
    }

    @Test
    void acceptsAtMostFiveKeysAndNoneThatWasDeleted() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var first = acme.apiKey();
        for (int i = 1; i < 5; i++) {
            assertThat(service.get(acme.apiKey(), "/v1/webhooks/").status()).isEqualTo(200);
        }

        var sixth = service.post(acme.admin(), "/v1/api-keys/", "{\"name\":\"CI\"}");
        assertThat(sixth.status()).isEqualTo(400);
        assertThat(sixth.text("detail")).contains("at most 5");

        var clientKey = first.substring(0, first.indexOf(':'));
        assertThat(service.delete(acme.admin(), "/v1/api-keys/" + clientKey + "/").status())
                .isEqualTo(204);
        assertUnauthorized(service.get(first, "/v1/webhooks/"));
        var made = service.post(acme.admin(), "/v1/api-keys/", "{\"name\":\"CI\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().propertyNames())
                .containsExactly("client_key", "client_secret", "name", "created", "last_used_at");
        var listed = service.get(acme.admin(), "/v1/api-keys/").json().path("results");
        assertThat(listed.size()).isEqualTo(5);
        assertThat(listed.toString()).doesNotContain("secret").contains("\"CI\"");
    }

    @Test
    void letsNobodyInOnceTheOrganizationLeft() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var key = acme.apiKey();
        acme.webhook("AINOTE", "https://example.com/");

        acme.leaves();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertUnauthorized(service.get(key, "/v1/webhooks/")));
        assertThat(service.get(acme.admin(), "/v1/webhooks/").status()).isEqualTo(403);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(service.snapshots(acme).getLast().webhooks())
                                .singleElement()
                                .satisfies(w -> assertThat(w.active()).isFalse()));

        acme.becomes(Plan.ENTERPRISE);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    var list = service.get(key, "/v1/webhooks/");
                    assertThat(list.status()).isEqualTo(200);
                    assertThat(list.json().path("results").get(0).path("is_active").asBoolean())
                            .isTrue();
                });
    }

    private static void assertUnauthorized(RunningService.Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.raw().headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        assertThat(answer.raw().headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.text("detail")).isNotEmpty();
    }
}
