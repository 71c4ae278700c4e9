package com.avoma.webhooks.delivery.sending;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The client side of TLS 1.2 and 1.3: BoringSSL where the platform has it, else the JDK's. Chain,
/// expiry and host name are always verified; there is no way to turn that off.
public final class TlsClient {
    private TlsClient() {}

    /// A context that trusts the platform's authorities and those of the extra trust managers.
    ///
    /// @throws IllegalStateException where the platform has no usable trust store
    public static SslContext trusting(TrustManager... extra) {
        try {
            var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            add(anchors, "platform", managersOf(null));
            add(anchors, "extra", extra);
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(anchors);
            return SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .trustManager(factory)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS client", e);
        }
    }

    /// What went wrong in a handshake, in one sentence.
    static String sentence(@Nullable Throwable fault) {
        boolean untrusted = false;
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return "The receiver's certificate has expired";
                }
                case CertificateNotYetValidException _ -> {
                    return "The receiver's certificate is not valid yet";
                }
                // expiry is the cause of one of these
                case CertPathBuilderException _ -> untrusted = true;
                case CertPathValidatorException _ -> untrusted = true;
                case CertificateException e when isNameMismatch(e) -> {
                    return "The receiver's certificate is for another host";
                }
                default -> {}
            }
        }
        if (untrusted) {
            return "The receiver's certificate is not signed by a trusted authority";
        }
        return fault instanceof SSLHandshakeException && fault.getMessage() != null
                ? "The TLS handshake failed: " + fault.getMessage()
                : "The connection broke in the TLS handshake";
    }

    private static boolean isNameMismatch(CertificateException e) {
        var message = e.getMessage();
        return message != null
                && (message.startsWith("No subject alternative")
                        || message.startsWith("No name matching"));
    }

    private static TrustManager[] managersOf(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static void add(KeyStore anchors, String prefix, TrustManager... managers)
            throws GeneralSecurityException {
        int number = 0;
        for (var manager : managers) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate issuer : x509.getAcceptedIssuers()) {
                    anchors.setCertificateEntry(prefix + "-" + number++, issuer);
                }
            }
        }
    }
}
