package com.avoma.webhooks.delivery.sending.tls;

import io.netty.handler.ssl.ResumableX509ExtendedTrustManager;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Judges as another trust manager does, and says why where it refuses. When a session is resumed,
/// no certificate is sent: the one that was verified when the session began, for the same host and
/// by the same authorities, must still be valid.
final class ExplainingTrust extends X509ExtendedTrustManager
        implements ResumableX509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;

    /// A chain that was refused; the message is a sentence for the diagnosis.
    static final class Refusal extends CertificateException {
        private static final long serialVersionUID = 1;

        Refusal(String sentence, CertificateException cause) {
            super(sentence, cause);
        }
    }

    private interface Check {
        void run() throws CertificateException;
    }

    ExplainingTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    private static void explained(X509Certificate[] chain, Check check)
            throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            throw new Refusal(CertificateFacts.explain(chain, e), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        explained(chain, () -> judge.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        explained(chain, () -> judge.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        explained(chain, () -> judge.checkServerTrusted(chain, type));
    }

    @Override
    public void resumeServerTrusted(X509Certificate[] chain, SSLEngine engine)
            throws CertificateException {
        explained(
                chain,
                () -> {
                    for (var one : chain) {
                        one.checkValidity();
                    }
                });
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        judge.checkClientTrusted(chain, type);
    }

    @Override
    public void resumeClientTrusted(X509Certificate[] chain, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side is the client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
