package com.avoma.webhooks.delivery.sending.tls;

import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What went wrong in TLS, in one sentence without its full stop.
public final class TlsFault {
    private TlsFault() {}

    /// Whether a fault of a connection is one of TLS.
    public static boolean isOne(@Nullable Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    public static String sentence(@Nullable Throwable fault) {
        var said = new StringBuilder();
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ExplainingTrust.Refusal refusal) {
                return String.valueOf(refusal.getMessage());
            }
            if (cause instanceof SSLException) {
                said.append(cause.getClass().getSimpleName())
                        .append(' ')
                        .append(cause.getMessage())
                        .append(' ');
            }
        }
        return alert(said.toString().toLowerCase(Locale.ROOT));
    }

    /// BoringSSL and the JDK spell the same alerts differently.
    private static String alert(String said) {
        if (said.contains("certificate_required")
                || said.contains("certificate required")
                || said.contains("bad_certificate")
                || said.contains("certificate_unknown")
                || said.contains("unknown_ca")
                || said.contains("unknown ca")) {
            return "The receiver asks for a client certificate, or does not accept the one it got";
        }
        if (said.contains("protocol_version") || said.contains("unsupported_protocol")) {
            return "The receiver does not speak TLS 1.2 or 1.3";
        }
        if (said.contains("wrong_version_number")
                || said.contains("notsslrecord")
                || said.contains("http_request")
                || said.contains("unsupported or unrecognized")) {
            return "The receiver's port does not speak TLS";
        }
        if (said.contains("handshake_failure") || said.contains("handshake failure")) {
            return "The receiver refused the TLS handshake: no cipher suite in common, or it asks"
                    + " for a client certificate";
        }
        if (said.contains("unrecognized_name") || said.contains("unrecognized name")) {
            return "The receiver does not know the host name that TLS asked for";
        }
        if (said.contains("no_application_protocol")) {
            return "The receiver speaks neither HTTP/1.1 nor HTTP/2";
        }
        return said.contains("alert")
                ? "The receiver refused the TLS handshake"
                : "The connection broke in the TLS handshake";
    }
}
