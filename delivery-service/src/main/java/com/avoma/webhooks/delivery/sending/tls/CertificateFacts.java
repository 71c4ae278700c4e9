package com.avoma.webhooks.delivery.sending.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why a chain of certificates was refused, with the facts that help whoever has to mend it. Pure.
/// What a certificate says is the receiver's: it is cut and cleaned before it becomes text.
final class CertificateFacts {
    private static final int MOST_NAMES = 5;
    private static final int LONGEST_NAME = 100;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateFacts() {}

    /// One sentence without its full stop.
    ///
    /// @param chain as the receiver sent it, its own certificate first
    static String explain(X509Certificate[] chain, CertificateException fault) {
        boolean untrusted = false;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return expired(chain);
                }
                case CertificateNotYetValidException _ -> {
                    return notYetValid(chain);
                }
                // expiry is the cause of one of these
                case CertPathBuilderException _ -> untrusted = true;
                case CertPathValidatorException _ -> untrusted = true;
                case CertificateException e when isNameMismatch(e) -> {
                    return "The receiver's certificate is for another host: it names "
                            + names(chain[0]);
                }
                default -> {}
            }
        }
        return untrusted ? untrusted(chain) : "The receiver's certificate is not acceptable";
    }

    private static String expired(X509Certificate[] chain) {
        var first =
                Stream.of(chain)
                        .min(Comparator.comparing(X509Certificate::getNotAfter))
                        .orElse(chain[0]);
        return which(chain, first) + " expired on " + date(first.getNotAfter());
    }

    private static String notYetValid(X509Certificate[] chain) {
        var last =
                Stream.of(chain)
                        .max(Comparator.comparing(X509Certificate::getNotBefore))
                        .orElse(chain[0]);
        return which(chain, last) + " is not valid before " + date(last.getNotBefore());
    }

    private static String which(X509Certificate[] chain, X509Certificate one) {
        return one == chain[0]
                ? "The receiver's certificate"
                : "The certificate of the receiver's issuer, "
                        + clean(one.getSubjectX500Principal().getName())
                        + ",";
    }

    private static String untrusted(X509Certificate[] chain) {
        var last = chain[chain.length - 1];
        var issuer = clean(last.getIssuerX500Principal().getName());
        boolean ends = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
        if (ends && chain.length == 1) {
            return "The receiver's certificate is self-signed, not signed by a trusted authority";
        }
        var prefix = "The receiver's certificate is not signed by a trusted authority: ";
        return ends
                ? prefix + "its chain ends in " + issuer + ", which is not trusted"
                : prefix
                        + "the chain that the receiver sends is incomplete, or "
                        + issuer
                        + " is not trusted";
    }

    private static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (var one : alternatives) {
                    add(names, one);
                }
            }
        } catch (CertificateParsingException _) {
            return "nothing that can be read";
        }
        if (names.isEmpty()) {
            return "no host";
        }
        return names.size() > MOST_NAMES
                ? String.join(", ", names.subList(0, MOST_NAMES))
                        + " and "
                        + (names.size() - MOST_NAMES)
                        + " more"
                : String.join(", ", names);
    }

    private static void add(List<String> names, List<?> alternative) {
        boolean isHost =
                alternative.getFirst().equals(DNS_NAME)
                        || alternative.getFirst().equals(IP_ADDRESS);
        if (isHost && alternative.get(1) instanceof String name) {
            names.add(clean(name));
        }
    }

    private static boolean isNameMismatch(CertificateException e) {
        @Nullable String message = e.getMessage();
        return message != null
                && (message.startsWith("No subject alternative")
                        || message.startsWith("No name matching"));
    }

    private static Instant date(Date date) {
        return date.toInstant();
    }

    /// Printable ASCII, of bounded length.
    private static String clean(String text) {
        var cut = text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
