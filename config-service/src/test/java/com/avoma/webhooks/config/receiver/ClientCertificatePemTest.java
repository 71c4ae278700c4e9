package com.avoma.webhooks.config.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.receiver.ClientCertificatePem.Accepted;
import com.avoma.webhooks.config.receiver.ClientCertificatePem.Rejected;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientCertificatePemTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final X509Bundle root = authority("CN=Root");

    @ParameterizedTest
    @EnumSource(names = {"rsa2048", "rsa4096", "ecp256", "ecp384"})
    void acceptsAPair(Algorithm algorithm) throws Exception {
        var client = client().algorithm(algorithm).buildIssuedBy(root);

        var accepted = accepted(client.getCertificatePEM(), client.getPrivateKeyPEM());

        assertThat(accepted.subject()).isEqualTo("CN=Avoma,O=Acme");
        assertThat(accepted.expiresAt())
                .isEqualTo(client.getCertificate().getNotAfter().toInstant());
        // what was made of it is read the same
        assertThat(accepted(accepted.certificates(), accepted.privateKey())).isEqualTo(accepted);
        assertThat(accepted.toString()).doesNotContain("BEGIN");
    }

    @Test
    void acceptsAWholeChainAndExpiresWithTheFirstOfIt() throws Exception {
        var intermediate =
                valid().subject("CN=Intermediate")
                        .setIsCertificateAuthority(true)
                        .notAfter(NOW.plus(Duration.ofDays(3)))
                        .buildIssuedBy(root);
        var client = client().buildIssuedBy(intermediate);
        var chain = client.getCertificatePEM() + intermediate.getCertificatePEM();

        var accepted = accepted(chain + root.getCertificatePEM(), client.getPrivateKeyPEM());

        assertThat(accepted.certificates().split("BEGIN CERTIFICATE", -1)).hasSize(4);
        assertThat(accepted.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(3)));
        assertRejected(
                intermediate.getCertificatePEM() + client.getCertificatePEM(),
                client.getPrivateKeyPEM(),
                "certificate",
                "must be a chain, the client's own first: number 2 did not issue the one before it");
    }

    @Test
    void leavesOutWhatStandsAroundIt() throws Exception {
        var client = client().buildIssuedBy(root);
        var plain = accepted(client.getCertificatePEM(), client.getPrivateKeyPEM());

        var decorated =
                accepted(
                        "Bag Attributes\r\n    friendlyName: me\r\n"
                                + client.getCertificatePEM().replace("\n", "\r\n"),
                        "Key Attributes: <No Attributes>\n" + client.getPrivateKeyPEM());

        assertThat(decorated).isEqualTo(plain);
    }

    @Test
    void saysWhatIsWrongWithACertificate() throws Exception {
        var client = client().buildIssuedBy(root);
        var key = client.getPrivateKeyPEM();
        var pem = client.getCertificatePEM();
        var expired = client().notAfter(NOW.minusSeconds(1)).buildIssuedBy(root);
        var early = client().notBefore(NOW.plusSeconds(60)).buildIssuedBy(root);
        var server = valid().subject("CN=S").addExtendedKeyUsageServerAuth().buildIssuedBy(root);

        assertRejected("nonsense", key, "certificate", "must be in PEM");
        assertRejected("", key, "certificate", "must be in PEM");
        assertRejected(
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                key,
                "certificate",
                "must be an X.509 certificate");
        assertRejected(pem + key, key, "certificate", "has a private key in it");
        assertRejected(pem.repeat(6), key, "certificate", "must be at most 5");
        assertRejected("x".repeat(40_000), key, "certificate", "must be at most 32768 characters");
        assertRejected(
                expired.getCertificatePEM(),
                expired.getPrivateKeyPEM(),
                "certificate",
                "expired on 2026-11-25T11:59:59Z");
        assertRejected(
                early.getCertificatePEM(),
                early.getPrivateKeyPEM(),
                "certificate",
                "is not valid before 2026-11-25T12:01:00Z");
        assertRejected(
                server.getCertificatePEM(),
                server.getPrivateKeyPEM(),
                "certificate",
                "is not for TLS clients");
    }

    @Test
    void saysWhatIsWrongWithAKey() throws Exception {
        var client = client().algorithm(Algorithm.ecp256).buildIssuedBy(root);
        var pem = client.getCertificatePEM();
        var key = client.getPrivateKeyPEM();
        var other = client().algorithm(Algorithm.ecp256).buildIssuedBy(root);
        var larger = client().algorithm(Algorithm.ecp384).buildIssuedBy(root);
        var rsa = client().algorithm(Algorithm.rsa2048).buildIssuedBy(root);
        var edwards = client().algorithm(Algorithm.ed25519).buildIssuedBy(root);

        assertRejected(pem, "nonsense", "private_key", "must be in PEM");
        assertRejected(pem, pem, "private_key", "must be in PKCS #8");
        assertRejected(
                pem,
                key.replace("PRIVATE KEY", "EC PRIVATE KEY"),
                "private_key",
                "must be in PKCS #8, as openssl pkcs8 -topk8 -nocrypt writes it");
        assertRejected(
                pem,
                key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
                "private_key",
                "must be without a passphrase");
        assertRejected(
                pem,
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "private_key",
                "is not a key of the certificate's kind (EC)");
        assertRejected(
                pem, other.getPrivateKeyPEM(), "private_key", "is not the key of the certificate");
        assertRejected(
                pem, larger.getPrivateKeyPEM(), "private_key", "is not the key of the certificate");
        assertRejected(
                pem, rsa.getPrivateKeyPEM(), "private_key", "is not a key of the certificate's");
        assertRejected(
                edwards.getCertificatePEM(),
                edwards.getPrivateKeyPEM(),
                "private_key",
                "must be an RSA or an EC key");
    }

    private static Accepted accepted(String certificate, String key) {
        var ruling = ClientCertificatePem.of(certificate, key, NOW);
        assertThat(ruling).isInstanceOf(Accepted.class);
        return (Accepted) ruling;
    }

    private static void assertRejected(
            String certificate, String key, String field, String beginning) {
        assertThat(ClientCertificatePem.of(certificate, key, NOW))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> {
                            assertThat(rejected.field()).as(rejected.rule()).isEqualTo(field);
                            assertThat(rejected.rule()).startsWith(beginning);
                        });
    }

    private static CertificateBuilder client() {
        return valid().subject("CN=Avoma,O=Acme").addExtendedKeyUsageClientAuth();
    }

    private static CertificateBuilder valid() {
        return new CertificateBuilder()
                .notBefore(NOW.minus(Duration.ofDays(1)))
                .notAfter(NOW.plus(Duration.ofDays(30)));
    }

    private static X509Bundle authority(String name) {
        try {
            return valid().subject(name).setIsCertificateAuthority(true).buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
