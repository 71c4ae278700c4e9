package com.avoma.webhooks.quickstart.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Member ADMIN =
            new Member(
                    new UUID(1, 2), new UUID(3, 4), "a@example.com", Member.Role.ADMIN, Set.of());

    @TempDir Path directory;

    record Claims(String iss, UUID sub, UUID organizationUuid, String role, long iat, long exp) {}

    @Test
    void keepsItsSecretsBetweenRuns() throws Exception {
        var data = new DataDirectory(directory);
        var first = Installation.in(data, CLOCK);
        var keyset = Files.readString(first.keyset());
        var authority = Files.readString(first.tls().authority());

        var second = Installation.in(data, CLOCK);

        assertThat(second.consolePassword()).isEqualTo(first.consolePassword()).hasSize(20);
        assertThat(Files.readString(second.keyset())).isEqualTo(keyset);
        assertThat(Files.readString(second.tls().authority())).isEqualTo(authority);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.keyset())))
                .isEqualTo("rw-------");
    }

    @Test
    void makesAKeysetThatTheServicesUse() {
        var keyset = "file:" + Installation.in(new DataDirectory(directory), CLOCK).keyset();
        var organization = new UUID(3, 4);
        var sealed = SecretCipher.of(keyset).seal("secret", organization, Purpose.SIGNING_SECRET);
        assertThat(SecretCipher.of(keyset).open(sealed, organization, Purpose.SIGNING_SECRET))
                .isEqualTo("secret");
    }

    @Test
    void issuesTokensThatThePublicKeyVerifies() throws Exception {
        var issuer = TokenIssuer.in(directory, CLOCK);
        var parts = issuer.tokenFor(ADMIN).split("\\.", -1);

        assertThat(parts).hasSize(3);
        var claims = Json.read(Base64.getUrlDecoder().decode(parts[1]), Claims.class);
        assertThat(claims)
                .isEqualTo(
                        new Claims(
                                TokenIssuer.ISSUER,
                                ADMIN.uuid(),
                                ADMIN.organizationUuid(),
                                "ADMIN",
                                NOW.getEpochSecond(),
                                NOW.plus(Duration.ofDays(30)).getEpochSecond()));
        var signature = Signature.getInstance("SHA256withRSA");
        var pem = Files.readString(issuer.publicKey()).replaceAll("-----[A-Z ]+-----", "");
        signature.initVerify(
                KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void makesACertificateOfItsAuthorityForThisMachine() throws Exception {
        var files = TlsFiles.in(directory, CLOCK);
        var authority = certificate(files.authority());
        var certificate = certificate(files.certificate());

        certificate.verify(authority.getPublicKey());
        assertThat(
                        certificate.getSubjectAlternativeNames().stream()
                                .map(name -> String.valueOf(name.get(1))))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(authority.getBasicConstraints()).isNotNegative();
        assertThat(files.serverContext().getProtocol()).isEqualTo("TLS");
    }

    @Test
    void renewsCertificatesBeforeTheyExpire() throws Exception {
        var files = TlsFiles.in(directory, CLOCK);
        var old = certificate(files.certificate());
        var later = old.getNotAfter().toInstant().minus(Duration.ofDays(59));

        TlsFiles.in(directory, Clock.fixed(later, ZoneOffset.UTC));

        var renewed = certificate(files.certificate());
        assertThat(renewed.getNotAfter()).isAfter(old.getNotAfter());
        renewed.verify(certificate(files.authority()).getPublicKey());
    }

    private static X509Certificate certificate(Path file) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
