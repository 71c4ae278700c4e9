package com.avoma.webhooks.config.diagnosis;

import java.time.ZoneOffset;

/// A handshake that failed, and whose certificate or setting it was.
final class TlsFault {
    private TlsFault() {}

    static String explain(Symptom symptom) {
        var fact =
                Diagnosis.or(Text.sentence(symptom.detail()), "The TLS handshake did not succeed.");
        return Text.join("TLS failed:", fact, date(symptom), advice(symptom));
    }

    /// The day, where the fact does not name it.
    private static String date(Symptom symptom) {
        if (symptom.certificateExpiresAt() == null || !isExpired(symptom)) {
            return "";
        }
        var day = symptom.certificateExpiresAt().atZone(ZoneOffset.UTC).toLocalDate().toString();
        return symptom.says(day) ? "" : "It expired on " + day + " (UTC).";
    }

    private static String advice(Symptom symptom) {
        if (isExpired(symptom)) {
            return "Renew the certificate, install it on the receiver and reload the server.";
        }
        if (symptom.says("not valid yet", "not yet valid")) {
            return "Check the certificate's dates, and the clock of the machine that issued it.";
        }
        if (symptom.says("another host", "host name", "hostname")) {
            return "Use the host name that the certificate is for in target_url, or install a"
                    + " certificate for the one that is there.";
        }
        if (symptom.says("incomplete", "intermediate")) {
            return "Have the server send its whole chain: its own certificate and the intermediate"
                    + " ones (often a file named fullchain).";
        }
        if (symptom.says("self-signed", "self signed")) {
            return "Install a certificate of a public authority; a self-signed one is not"
                    + " accepted.";
        }
        if (symptom.says("revoked")) {
            return "Have a new certificate issued.";
        }
        if (symptom.says("authority", "untrusted", "not trusted")) {
            return "Install a certificate of a public authority, and have the server send the"
                    + " intermediate certificates too.";
        }
        if (symptom.says("protocol", "cipher", "version")) {
            return "Have the server offer TLS 1.2 or 1.3 with a current cipher suite.";
        }
        return "Check that the port in target_url speaks TLS 1.2 or 1.3, and that the server does"
                + " not ask for a client certificate.";
    }

    private static boolean isExpired(Symptom symptom) {
        return symptom.isCertificateExpired() || symptom.says("expired");
    }
}
