package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.Subscription.ClientCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A webhook's client certificate: written with its key, read without it, published sealed.
class ClientCertificatesAreKeptIT {
    private static final String WEBHOOKS = "/v1/webhooks/";

    private final RunningService service = RunningService.shared();
    private final SecretCipher cipher = SecretCipher.of(service.keyset);
    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final String key = acme.apiKey();
    private final X509Bundle client = client("CN=Avoma");

    @Test
    void isReadWithoutItsKeyAndPublishedSealed() throws Exception {
        var created = service.post(key, WEBHOOKS, webhook(client));

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        var expected =
                "{\"subject\":\"CN=Avoma\",\"expires_at\":\"%s\"}"
                        .formatted(client.getCertificate().getNotAfter().toInstant());
        assertThat(created.json().path("client_certificate").toString()).isEqualTo(expected);
        var seen = service.get(key, WEBHOOKS + created.text("uuid") + "/");
        assertThat(seen.json().path("client_certificate").toString()).isEqualTo(expected);
        assertThat(seen.json().toString()).doesNotContain("BEGIN");
        var published = published();
        assertThat(published.certificates())
                .isEqualToNormalizingNewlines(client.getCertificatePEM());
        assertThat(keyOf(published)).isEqualToNormalizingNewlines(client.getPrivateKeyPEM());
    }

    @Test
    void itsKeyIsNowhereInPlainText() throws Exception {
        var created = service.post(key, WEBHOOKS, webhook(client));
        service.patch(key, path(created), patch(client("CN=Next")));
        service.delete(key, path(created));

        var places = new StringBuilder(DatabaseDump.of(service.database));
        service.published()
                .forEach(r -> places.append(new String(r.value(), StandardCharsets.UTF_8)));

        assertThat(places).contains("CN=Avoma", created.text("uuid"));
        for (var line : client.getPrivateKeyPEM().lines().filter(l -> l.length() > 40).toList()) {
            assertThat(places).doesNotContain(line);
        }
        assertThat(places).doesNotContain("PRIVATE KEY");
    }

    @Test
    void isKeptReplacedAndTakenAway() throws Exception {
        var created = service.post(key, WEBHOOKS, webhook(client));
        service.patch(key, path(created), "{\"name\":\"Other\"}");
        assertThat(keyOf(published())).isEqualToNormalizingNewlines(client.getPrivateKeyPEM());

        var next = client("CN=Next");
        var replaced = service.patch(key, path(created), patch(next));
        assertThat(replaced.json().path("client_certificate").path("subject").asString())
                .isEqualTo("CN=Next");
        assertThat(keyOf(published())).isEqualToNormalizingNewlines(next.getPrivateKeyPEM());

        var gone = service.patch(key, path(created), "{\"client_certificate\":null}");
        assertThat(gone.json().path("client_certificate").isNull()).isTrue();
        assertThat(published()).isNull();
    }

    @Test
    void itsChangesAreAuditedWithoutTheKey() {
        var created = service.post(key, WEBHOOKS, webhook(client));
        service.patch(key, path(created), patch(client("CN=Next")));
        service.patch(key, path(created), "{\"client_certificate\":null}");

        var log = service.get(acme.admin(), "/v1/audit-log/").json().path("results");

        for (int i = 0; i < 3; i++) {
            assertThat(log.get(i).path("changes").propertyNames()).contains("client_certificate");
        }
        var replaced = log.get(1).path("changes").path("client_certificate");
        assertThat(replaced.path("from").path("subject").asString()).isEqualTo("CN=Avoma");
        assertThat(replaced.path("to").path("subject").asString()).isEqualTo("CN=Next");
        assertThat(replaced.path("to").path("private_key").asString()).isEqualTo("***");
        assertThat(Instant.parse(replaced.path("to").path("expires_at").asString()))
                .isAfter(Instant.now());
        assertThat(log.get(0).path("changes").path("client_certificate").path("to").isNull())
                .isTrue();
        assertThat(log.toString()).doesNotContain("BEGIN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"private_key":"x"} | client_certificate.certificate | is required: a certificate comes with its key
                    {"certificate":"x"} | client_certificate.private_key | is required: a certificate comes with its key
                    {"certificate":1,"private_key":"x"} | client_certificate.certificate | must be a text
                    {"certificate":"x","private_key":"x"} | client_certificate.certificate | must be in PEM
                    {"certificate":"x","private_key":"x","subject":"CN=A"} | client_certificate.subject | is read-only
                    {"certificate":"x","key":"x"} | client_certificate.key | is not a field here
                    "pem" | client_certificate | must be an object
                    """)
    void refusesWhatIsNoCertificateWithItsKey(String value, String field, String message) {
        var refused =
                service.post(
                        key,
                        WEBHOOKS,
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/",
                         "client_certificate":%s}
                        """
                                .formatted(value));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").valueStream())
                .anySatisfy(error -> {
                    assertThat(error.path("field").asString()).isEqualTo(field);
                    assertThat(error.path("message").asString()).startsWith(message);
                });
    }

    @Test
    void refusesAnExpiredOneAndAnothersKey() throws Exception {
        var expired =
                new CertificateBuilder()
                        .subject("CN=Old")
                        .notBefore(Instant.now().minus(Duration.ofDays(9)))
                        .notAfter(Instant.now().minus(Duration.ofDays(1)))
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();

        assertThat(service.post(key, WEBHOOKS, webhook(expired)).json().toString())
                .contains("\"field\":\"client_certificate.certificate\"", "expired on ");
        var mixed = pair(client.getCertificatePEM(), client("CN=Other").getPrivateKeyPEM());
        assertThat(service.post(key, WEBHOOKS, webhook(mixed)).json().toString())
                .contains(
                        "\"field\":\"client_certificate.private_key\"",
                        "is not the key of the certificate");
        assertThat(service.get(key, WEBHOOKS).json().path("count").asInt()).isZero();
    }

    private ClientCertificate published() {
        return service.snapshots(acme).getLast().webhooks().getFirst().clientCertificate();
    }

    private String keyOf(ClientCertificate certificate) {
        return cipher.open(certificate.privateKey(), acme.uuid(), Purpose.CLIENT_KEY);
    }

    private static String path(RunningService.Answer created) {
        return WEBHOOKS + created.text("uuid") + "/";
    }

    private static String webhook(X509Bundle bundle) {
        return webhook(pair(bundle));
    }

    private static String webhook(Map<String, String> pair) {
        return """
        {"event_type":"AINOTE","target_url":"https://example.com/",
         "client_certificate":%s}
        """
                .formatted(json(pair));
    }

    private static String patch(X509Bundle bundle) {
        return "{\"client_certificate\":%s}".formatted(json(pair(bundle)));
    }

    private static String json(Map<String, String> pair) {
        return new String(Json.write(pair), StandardCharsets.UTF_8);
    }

    private static Map<String, String> pair(X509Bundle bundle) {
        return pair(bundle.getCertificatePEM(), bundle.getPrivateKeyPEM());
    }

    private static Map<String, String> pair(String certificate, String key) {
        return Map.of("certificate", certificate, "private_key", key);
    }

    private static X509Bundle client(String subject) {
        try {
            return new CertificateBuilder()
                    .subject(subject)
                    .addExtendedKeyUsageClientAuth()
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
