package com.avoma.webhooks.delivery.sending.tls;

import com.avoma.webhooks.delivery.sending.egress.Origin;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The client side of TLS 1.2 and 1.3: BoringSSL where the platform has it, else the JDK's. Chain,
/// expiry and host name are always verified; there is no way to turn that off. Sessions are resumed
/// per host and port, and per client identity. Thread-safe.
public final class TlsClient {
    /// A ticket and the certificates it was given under: about 5 KiB outside the heap.
    private static final long MOST_SESSIONS = 4096;

    /// A receiver that was trusted once must show its chain again after this.
    private static final Duration LONGEST_SESSION = Duration.ofHours(1);

    private static final int MOST_IDENTITIES = 512;

    private final X509ExtendedTrustManager trust;
    private final SslContext anonymous;
    private final Map<ClientIdentity, SslContext> identified =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ClientIdentity, SslContext> eldest) {
                    return size() > MOST_IDENTITIES;
                }
            };

    private TlsClient(X509ExtendedTrustManager trust) throws SSLException {
        this.trust = trust;
        this.anonymous = context(null);
    }

    /// A client that trusts the platform's authorities and those of the extra trust managers.
    ///
    /// @throws IllegalStateException where the platform has no usable trust store
    public static TlsClient trusting(TrustManager... extra) {
        try {
            var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            add(anchors, "platform", managersOf(null));
            add(anchors, "extra", extra);
            for (var manager : managersOf(anchors)) {
                if (manager instanceof X509ExtendedTrustManager judge) {
                    return new TlsClient(new ExplainingTrust(judge));
                }
            }
            throw new IllegalStateException("no X.509 trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS client", e);
        }
    }

    /// The handler for a new connection. The attempt's own deadline bounds the handshake.
    ///
    /// @param identity what to show to a receiver that asks; null: nothing
    /// @throws IllegalArgumentException where the identity is not a certificate with its key
    public SslHandler handler(
            ByteBufAllocator buffers, Origin origin, @Nullable ClientIdentity identity) {
        var context = identity == null ? anonymous : contextOf(identity);
        var handler = context.newHandler(buffers, origin.serverName(), origin.port());
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    private synchronized SslContext contextOf(ClientIdentity identity) {
        var known = identified.get(identity);
        if (known != null) {
            return known;
        }
        try {
            var made = context(identity);
            identified.put(identity, made);
            return made;
        } catch (SSLException e) {
            throw new IllegalArgumentException("The client certificate is not usable", e);
        }
    }

    private SslContext context(@Nullable ClientIdentity identity) throws SSLException {
        var builder =
                SslContextBuilder.forClient()
                        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                        .protocols("TLSv1.3", "TLSv1.2")
                        .trustManager(trust)
                        .endpointIdentificationAlgorithm("HTTPS")
                        .sessionCacheSize(MOST_SESSIONS)
                        .sessionTimeout(LONGEST_SESSION.toSeconds())
                        .applicationProtocolConfig(
                                new ApplicationProtocolConfig(
                                        Protocol.ALPN,
                                        SelectorFailureBehavior.NO_ADVERTISE,
                                        SelectedListenerFailureBehavior.ACCEPT,
                                        ApplicationProtocolNames.HTTP_2,
                                        ApplicationProtocolNames.HTTP_1_1));
        if (identity != null) {
            builder.keyManager(stream(identity.certificates()), stream(identity.privateKey()));
        }
        return builder.build();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
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
