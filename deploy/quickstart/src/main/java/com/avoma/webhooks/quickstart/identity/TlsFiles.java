package com.avoma.webhooks.quickstart.identity;

import com.avoma.webhooks.quickstart.data.PrivateFiles;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate authority of this installation, and a certificate of it for `localhost`, 127.0.0.1
/// and ::1, as PEM files. delivery-service trusts the authority, so receivers on this machine are
/// served like any other.
///
/// @param authority the authority's certificate
/// @param authorityKey its private key, PKCS#8
/// @param certificate the certificate of local receivers
/// @param key its private key, PKCS#8
public record TlsFiles(Path authority, Path authorityKey, Path certificate, Path key) {
    private static final Duration VALID = Duration.ofDays(730);

    /// A run may last this long without meeting a certificate that has expired.
    private static final Duration RENEWED_BEFORE = Duration.ofDays(60);

    /// The files in that directory; new ones where there are none or they expire soon.
    public static TlsFiles in(Path directory, Clock clock) {
        var files =
                new TlsFiles(
                        directory.resolve("ca.pem"),
                        directory.resolve("ca-key.pem"),
                        directory.resolve("localhost.pem"),
                        directory.resolve("localhost-key.pem"));
        try {
            if (!files.lastLongEnough(clock)) {
                files.make(clock);
            }
            return files;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the certificates in " + directory, e);
        }
    }

    /// What a server needs to present the certificate.
    public SSLContext serverContext() {
        try {
            var chain = new X509Certificate[] {read(certificate), read(authority)};
            char[] password = new char[0];
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("localhost", readKey(key), password, chain);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot use " + certificate, e);
        }
    }

    private boolean lastLongEnough(Clock clock) throws GeneralSecurityException {
        if (!Files.exists(authority)
                || !Files.exists(authorityKey)
                || !Files.exists(certificate)
                || !Files.exists(key)) {
            return false;
        }
        var needed = clock.instant().plus(RENEWED_BEFORE);
        return read(authority).getNotAfter().toInstant().isAfter(needed)
                && read(certificate).getNotAfter().toInstant().isAfter(needed);
    }

    private void make(Clock clock) {
        var now = clock.instant();
        var common =
                new CertificateBuilder()
                        .notBefore(now.minus(Duration.ofDays(1)))
                        .notAfter(now.plus(VALID))
                        .ecp256();
        try {
            var issuer =
                    common.copy()
                            .subject("CN=Avoma Webhooks quickstart CA")
                            .setIsCertificateAuthority(true)
                            .setKeyUsage(
                                    true,
                                    CertificateBuilder.KeyUsage.keyCertSign,
                                    CertificateBuilder.KeyUsage.cRLSign)
                            .buildSelfSigned();
            var leaf =
                    common.copy()
                            .subject("CN=localhost")
                            .addSanDnsName("localhost")
                            .addSanIpAddress("127.0.0.1")
                            .addSanIpAddress("::1")
                            .setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature)
                            .addExtendedKeyUsageServerAuth()
                            .buildIssuedBy(issuer);
            write(issuer, leaf);
        } catch (Exception e) { // as the builder declares it
            throw new IllegalStateException("cannot make certificates", e);
        }
    }

    private void write(X509Bundle issuer, X509Bundle leaf) {
        PrivateFiles.write(authorityKey, issuer.getPrivateKeyPEM());
        PrivateFiles.write(key, leaf.getPrivateKeyPEM());
        PrivateFiles.write(certificate, leaf.getCertificatePEM());
        PrivateFiles.write(authority, issuer.getCertificatePEM());
    }

    private static X509Certificate read(Path certificate) throws GeneralSecurityException {
        var pem = PrivateFiles.read(certificate).getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem));
    }

    private static PrivateKey readKey(Path key) throws GeneralSecurityException {
        var base64 = PrivateFiles.read(key).replaceAll("-----[A-Z ]+-----", "");
        var encoded = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
