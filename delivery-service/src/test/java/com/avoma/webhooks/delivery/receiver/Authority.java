package com.avoma.webhooks.delivery.receiver;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.TrustManager;

/// A certificate authority of the test's own.
public final class Authority {
    private final X509Bundle root;

    public Authority() throws Exception {
        root =
                new CertificateBuilder()
                        .subject("CN=Test authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
    }

    /// For `localhost`, 127.0.0.1 and ::1, valid now.
    public X509Bundle forLocalhost() throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .addSanIpAddress("::1")
                .buildIssuedBy(root);
    }

    public X509Bundle forHost(String host) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .buildIssuedBy(root);
    }

    public X509Bundle expired() throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .notBefore(Instant.now().minus(Duration.ofDays(10)))
                .notAfter(Instant.now().minus(Duration.ofDays(1)))
                .buildIssuedBy(root);
    }

    public X509Bundle notYetValid() throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .notBefore(Instant.now().plus(Duration.ofDays(2)))
                .notAfter(Instant.now().plus(Duration.ofDays(9)))
                .buildIssuedBy(root);
    }

    public X509Bundle selfSigned() throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /// For `localhost`, with this authority's own certificate behind it.
    public X509Bundle withItsRoot() throws Exception {
        var leaf = forLocalhost();
        return X509Bundle.fromCertificatePath(
                new java.security.cert.X509Certificate[] {
                    leaf.getCertificate(), root.getCertificate()
                },
                leaf.getCertificate(),
                leaf.getKeyPair());
    }

    /// For `localhost`, signed by an intermediate authority that it does not bring along.
    public X509Bundle withoutItsIssuer() throws Exception {
        var intermediate =
                new CertificateBuilder()
                        .subject("CN=Intermediate authority")
                        .setIsCertificateAuthority(true)
                        .buildIssuedBy(root);
        var leaf =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .addSanDnsName("localhost")
                        .buildIssuedBy(intermediate);
        return X509Bundle.fromCertificatePath(
                new java.security.cert.X509Certificate[] {leaf.getCertificate()},
                leaf.getCertificate(),
                leaf.getKeyPair());
    }

    /// For a client.
    public X509Bundle forClient() throws Exception {
        return new CertificateBuilder()
                .subject("CN=Avoma client")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(root);
    }

    public String pem() {
        return root.getCertificatePEM();
    }

    public TrustManager[] trust() throws Exception {
        return root.toTrustManagerFactory().getTrustManagers();
    }
}
