package com.avoma.webhooks.config.diagnosis;

import java.time.ZoneOffset;
import java.util.List;

/// A handshake that failed, and whose certificate or setting it was. Whole phrases of
/// delivery-service are looked for, not words: a certificate's names may have those.
final class TlsFault {
    private static final String RENEW =
            "Renew the certificate, install it on the receiver and reload the server.";
    private static final String AUTHORITY =
            "Install a certificate of a public authority, and have the server send the"
                    + " intermediate certificates too.";

    /// What to do about a fact.
    ///
    /// @param phrase of the fact, in lower case
    private record Remedy(String phrase, String advice) {}

    /// The first that fits.
    private static final List<Remedy> REMEDIES =
            List.of(
                    new Remedy(
                            "is for another host",
                            "Use the host name that the certificate is for in target_url, or install"
                                    + " a certificate for the one that is there."),
                    new Remedy(
                            "the certificate of the receiver's issuer,",
                            "Have the authority issue the certificate anew, and install it with the"
                                    + " issuer's certificate that comes with it."),
                    new Remedy("expired on", RENEW),
                    new Remedy("has expired", RENEW),
                    new Remedy(
                            "is not valid before",
                            "Check the certificate's dates, and the clock of the machine that"
                                    + " issued it."),
                    new Remedy(
                            "chain that the receiver sends is incomplete",
                            "Have the server send its whole chain: its own certificate and the"
                                    + " intermediate ones (often a file named fullchain)."),
                    new Remedy(
                            "certificate is self-signed",
                            "Install a certificate of a public authority; a self-signed one is not"
                                    + " accepted."),
                    new Remedy("not signed by a trusted authority", AUTHORITY),
                    new Remedy(
                            "client certificate, or does not accept",
                            "Have the server do without one: the signature says who sent the"
                                    + " request."),
                    new Remedy("does not speak tls 1.2", "Have the server offer TLS 1.2 or 1.3."),
                    new Remedy(
                            "no cipher suite in common",
                            "Have the server offer TLS 1.2 or 1.3 with a current cipher suite, and"
                                    + " ask for no client certificate."),
                    new Remedy(
                            "port does not speak tls",
                            "Use the receiver's HTTPS port in target_url; this one may be for plain"
                                    + " HTTP."),
                    new Remedy(
                            "does not know the host name",
                            "Check the host in target_url, and that the server is set up for it."),
                    new Remedy(
                            "neither http/1.1 nor http/2",
                            "Have the server offer http/1.1 or h2 in ALPN, or do without ALPN."));

    private TlsFault() {}

    static String explain(Symptom symptom) {
        var fact =
                Diagnosis.or(Text.sentence(symptom.detail()), "The TLS handshake did not succeed.");
        return Text.join("TLS failed:", fact, date(symptom), advice(symptom));
    }

    /// The day, where the fact does not name one.
    private static String date(Symptom symptom) {
        var expiry = symptom.certificateExpiresAt();
        if (expiry == null || !symptom.isCertificateExpired() || symptom.says("expired on")) {
            return "";
        }
        return "It expired on " + expiry.atZone(ZoneOffset.UTC).toLocalDate() + " (UTC).";
    }

    private static String advice(Symptom symptom) {
        for (var remedy : REMEDIES) {
            if (symptom.says(remedy.phrase())) {
                return remedy.advice();
            }
        }
        return symptom.isCertificateExpired()
                ? RENEW
                : "Check that the port in target_url speaks TLS 1.2 or 1.3, and that the server does"
                        + " not ask for a client certificate.";
    }
}
