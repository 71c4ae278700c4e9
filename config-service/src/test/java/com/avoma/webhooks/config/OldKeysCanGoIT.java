package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SealedText;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.config.setup.Webhook;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Rotation of the keyset: a new primary key, everything sealed with it, the old key gone.
class OldKeysCanGoIT {
    private static final String SECRET = "/v1/webhooks/signing-secret/";
    private static final String HEADER_VALUE = "Bearer header-value-of-ours";

    /// More than one page of the task.
    private static final int ORGANIZATIONS = 25;

    private final X509Bundle client = client();
    private final List<TestOrganization> organizations = new ArrayList<>();
    private final Map<UUID, String> secrets = new HashMap<>();

    @Test
    void opensEverythingWithTheNewKeyAloneOnceItIsSealedAnew() throws SQLException {
        var first = RunningService.Parts.fresh();
        String etag;
        try (var service = RunningService.start(first)) {
            for (int i = 0; i < ORGANIZATIONS; i++) {
                setUp(TestOrganization.seeded(service, first.database(), Plan.ENTERPRISE));
            }
            etag = etag(service);
            var kept = organizations.getFirst();
            secrets.put(kept.uuid(), rotateOnce(service, kept).text("signing_secret"));
        }
        var both = with(first, Keysets.withNewPrimary(first.keyset()));
        sealAnew(both);
        var alone = with(first, Keysets.withoutOldKeys(both.keyset()));
        try (var service = RunningService.start(alone)) {
            for (var organization : organizations) {
                var secret = service.get(organization.admin(), SECRET);
                assertThat(secret.text("signing_secret"))
                        .isEqualTo(secrets.get(organization.uuid()));
            }
            assertThat(etag(service)).isEqualTo(etag);
            var kept = organizations.getFirst();
            var again = rotateOnce(service, kept);
            assertThat(again.status()).as("%s", again).isEqualTo(200);
            assertThat(again.text("signing_secret"))
                    .as("an answer that was kept under the old key")
                    .isEqualTo(secrets.get(kept.uuid()));
            assertEverythingOpens(service, SecretCipher.of(alone.keyset()));
            assertNothingIsInPlainText(service);

            leavesAloneWhatNoKeyOpens(service);
        }
    }

    /// With two instances, of which the one that was asked goes; edits go on beside it.
    private void sealAnew(RunningService.Parts parts) {
        var asked = RunningService.start(parts);
        try (var other = RunningService.start(parts)) {
            try (asked) {
                assertThat(asked.maintain("reseal").status()).isEqualTo(202);
            }
            for (var organization : organizations.subList(20, ORGANIZATIONS)) {
                rotate(other, organization);
            }
            var done = finished(other, "reseal");
            assertThat(done.path("organizations").asInt()).isEqualTo(ORGANIZATIONS);
            assertThat(done.path("total").asInt()).isEqualTo(ORGANIZATIONS);
            assertThat(done.path("changed").asInt()).isBetween(20, ORGANIZATIONS);
            assertThat(done.path("unreadable").asInt()).isZero();

            assertThat(other.maintain("reseal").status()).isEqualTo(202);
            assertThat(finished(other, "reseal").path("changed").asInt()).isZero();
            assertThat(other.maintain("nonsense").status()).isEqualTo(404);
        }
    }

    private void leavesAloneWhatNoKeyOpens(RunningService service) throws SQLException {
        DatabaseDump.execute(
                service.database,
                "update signing_secrets set ciphertext = 'AAAA' where organization_uuid = '"
                        + organizations.getFirst().uuid()
                        + "'");

        service.maintain("reseal");

        var done = finished(service, "reseal");
        assertThat(done.path("unreadable").asInt()).isEqualTo(1);
        assertThat(done.path("organizations").asInt()).isEqualTo(ORGANIZATIONS);
    }

    private void setUp(TestOrganization organization) {
        organizations.add(organization);
        var service = organization.service();
        var made =
                service.post(
                        organization.admin(),
                        "/v1/webhooks/",
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/",
                         "headers":[{"name":"Authorization","value":"%s","secret":true}],
                         "client_certificate":%s}
                        """
                                .formatted(HEADER_VALUE, pair()));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        rotate(service, organization);
        rotate(service, organization);
    }

    private String pair() {
        return new String(
                Json.write(
                        Map.of(
                                "certificate",
                                client.getCertificatePEM(),
                                "private_key",
                                client.getPrivateKeyPEM())),
                StandardCharsets.UTF_8);
    }

    private static X509Bundle client() {
        try {
            return new CertificateBuilder()
                    .subject("CN=Avoma")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void rotate(RunningService service, TestOrganization organization) {
        var rotated =
                service.post(organization.admin(), SECRET + "rotate/", "{\"overlap\":\"PT24H\"}");
        assertThat(rotated.status()).as("%s", rotated).isEqualTo(200);
        secrets.put(organization.uuid(), rotated.text("signing_secret"));
    }

    private static RunningService.Answer rotateOnce(
            RunningService service, TestOrganization organization) {
        return service.call(
                "POST",
                organization.admin(),
                SECRET + "rotate/",
                "{\"overlap\":\"PT24H\"}",
                "Idempotency-Key",
                "once");
    }

    private String etag(RunningService service) {
        var admin = organizations.getFirst().admin();
        var uuid =
                service.get(admin, "/v1/webhooks/")
                        .json()
                        .path("results")
                        .get(0)
                        .path("uuid")
                        .asString();
        return service.get(admin, "/v1/webhooks/" + uuid + "/")
                .raw()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    private void assertEverythingOpens(RunningService service, SecretCipher cipher)
            throws SQLException {
        var database = service.database;
        assertThat(DatabaseDump.texts(database, "select count(*) from outbox")).containsOnly("0");
        var sealed =
                DatabaseDump.texts(
                        database,
                        "select organization_uuid || ' ' || ciphertext from signing_secrets");
        assertThat(sealed).hasSize(2 * ORGANIZATIONS);
        for (var row : sealed) {
            var parts = row.split(" ");
            cipher.open(
                    new SealedText(parts[1]), UUID.fromString(parts[0]), Purpose.SIGNING_SECRET);
        }
        var headers =
                DatabaseDump.texts(
                        database, "select organization_uuid || ' ' || headers from webhooks");
        assertThat(headers).hasSize(ORGANIZATIONS);
        for (var row : headers) {
            var parts = row.split(" ", 2);
            var all = Json.read(parts[1].getBytes(StandardCharsets.UTF_8), CustomHeader[].class);
            assertThat(
                            cipher.open(
                                    all[0].secret(),
                                    UUID.fromString(parts[0]),
                                    Purpose.HEADER_VALUE))
                    .isEqualTo(HEADER_VALUE);
        }
        var certificates =
                DatabaseDump.texts(
                        database,
                        "select organization_uuid || ' ' || client_certificate from webhooks");
        assertThat(certificates).hasSize(ORGANIZATIONS);
        for (var row : certificates) {
            var parts = row.split(" ", 2);
            var certificate =
                    Json.read(
                            parts[1].getBytes(StandardCharsets.UTF_8),
                            Webhook.ClientCertificate.class);
            assertThat(
                            cipher.open(
                                    certificate.pair().privateKey(),
                                    UUID.fromString(parts[0]),
                                    Purpose.CLIENT_KEY))
                    .isEqualToNormalizingNewlines(client.getPrivateKeyPEM());
        }
        for (var organization : organizations) {
            assertOpens(service.snapshots(organization).getLast(), cipher);
        }
    }

    private void assertOpens(OrganizationSnapshot snapshot, SecretCipher cipher) {
        var uuid = snapshot.organizationUuid();
        assertThat(snapshot.signingSecrets()).hasSize(2);
        var opened =
                snapshot.signingSecrets().stream()
                        .map(s -> cipher.open(s.text(), uuid, Purpose.SIGNING_SECRET))
                        .toList();
        assertThat(opened.getFirst()).isEqualTo(secrets.get(uuid));
        var header = snapshot.webhooks().getFirst().headers().getFirst();
        assertThat(cipher.open(header.secret(), uuid, Purpose.HEADER_VALUE))
                .isEqualTo(HEADER_VALUE);
        var certificate = snapshot.webhooks().getFirst().clientCertificate();
        assertThat(cipher.open(certificate.privateKey(), uuid, Purpose.CLIENT_KEY))
                .isEqualToNormalizingNewlines(client.getPrivateKeyPEM());
    }

    private void assertNothingIsInPlainText(RunningService service) throws SQLException {
        var dump = new StringBuilder(DatabaseDump.of(service.database));
        service.published()
                .forEach(r -> dump.append(new String(r.value(), StandardCharsets.UTF_8)));
        assertThat(dump).contains(organizations.getFirst().uuid().toString());
        assertThat(dump).doesNotContain(HEADER_VALUE).doesNotContain(secrets.values());
    }

    private static tools.jackson.databind.JsonNode finished(RunningService service, String task) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !service.maintained(task).path("finished").isNull());
        return service.maintained(task);
    }

    private static RunningService.Parts with(RunningService.Parts parts, String keyset) {
        return new RunningService.Parts(
                parts.bootstrapServers(), parts.database(), parts.prefix(), keyset);
    }
}
