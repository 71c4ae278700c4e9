package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecretsStaySealedIT {
    private static final String PATH = "/v1/webhooks/signing-secret/";

    private final RunningService service = RunningService.shared();
    private final SecretCipher cipher = SecretCipher.of(service.keyset);
    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final String key = acme.apiKey();

    @Test
    void neverLiesInPlainTextInADumpOfTheDatabaseOrTheTopic() throws SQLException {
        var custom = "a-custom-secret-of-ours";
        var headerValue = "Bearer header-value-of-ours";
        service.patch(key, PATH, "{\"signing_secret\":\"" + custom + "\"}");
        var rotated =
                service.post(key, PATH + "rotate/", "{\"overlap\":\"PT24H\"}")
                        .text("signing_secret");
        var webhook =
                service.post(
                        key,
                        "/v1/webhooks/",
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/",
                         "headers":[{"name":"Authorization","value":"%s","secret":true}]}
                        """
                                .formatted(headerValue));

        var dump = DatabaseDump.of(service.database);
        var topic = new StringBuilder();
        service.published()
                .forEach(r -> topic.append(new String(r.value(), StandardCharsets.UTF_8)));

        assertThat(rotated).matches("[0-9a-f]{64}");
        assertThat(webhook.json().path("headers").toString())
                .isEqualTo("[{\"name\":\"Authorization\",\"secret\":true}]");
        assertThat(dump).contains(webhook.text("uuid"));
        assertThat(topic).contains(webhook.text("uuid"));
        for (var secret :
                new String[] {custom, rotated, headerValue, key.substring(key.indexOf(':') + 1)}) {
            assertThat(dump).doesNotContain(secret);
            assertThat(topic).doesNotContain(secret);
        }
    }

    @Test
    void signsWithTheNewestAndWithTheOldOneUntilTheOverlapEnds() {
        var first = service.post(key, PATH + "rotate/", null).text("signing_secret");
        var second =
                service.post(key, PATH + "rotate", "{\"overlap\":\"PT1H\"}").text("signing_secret");

        var secrets = service.snapshots(acme).getLast().signingSecrets();

        assertThat(secrets).hasSize(2);
        assertThat(open(secrets.get(0).text())).isEqualTo(second);
        assertThat(secrets.get(0).until()).isNull();
        assertThat(open(secrets.get(1).text())).isEqualTo(first);
        assertThat(Duration.between(Instant.now(), secrets.get(1).until()))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
        assertThat(service.get(key, PATH).text("signing_secret")).isEqualTo(second);

        service.post(key, PATH + "rotate/", "{}");
        assertThat(service.snapshots(acme).getLast().signingSecrets()).hasSize(1);
    }

    @Test
    void isEmptyBeforeItIsMadeAndAfterItIsDeleted() {
        assertThat(service.get(key, PATH).json().toString()).isEqualTo("{\"signing_secret\":\"\"}");
        service.patch(key, PATH, "{\"signing_secret\":\"sixteen chars ok\"}");
        assertThat(service.get(key, PATH).text("signing_secret")).isEqualTo("sixteen chars ok");

        assertThat(service.delete(key, PATH).status()).isEqualTo(204);

        assertThat(service.get(key, PATH).text("signing_secret")).isEmpty();
        assertThat(service.snapshots(acme).getLast().signingSecrets()).isEmpty();
        assertThat(service.patch(key, PATH, "{\"signing_secret\":\"\"}").status()).isEqualTo(200);
    }

    @Test
    void keepsAHeaderSecretThatAnEditCannotKnow() {
        var created =
                service.post(
                        key,
                        "/v1/webhooks/",
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/",
                         "headers":[{"name":"X-Token","value":"t0ken","secret":true}]}
                        """);

        var edited =
                service.patch(
                        key,
                        "/v1/webhooks/" + created.text("uuid") + "/",
                        """
                        {"headers":[{"name":"X-Other","value":"o"},{"name":"x-token","secret":true}]}
                        """);

        assertThat(edited.status()).as("%s", edited).isEqualTo(200);
        var headers = service.snapshots(acme).getLast().webhooks().getFirst().headers();
        assertThat(headers.get(0).value()).isEqualTo("o");
        assertThat(cipher.open(headers.get(1).secret(), acme.uuid(), Purpose.HEADER_VALUE))
                .isEqualTo("t0ken");
    }

    private String open(com.avoma.webhooks.common.secret.SealedText sealed) {
        return cipher.open(sealed, acme.uuid(), Purpose.SIGNING_SECRET);
    }
}
