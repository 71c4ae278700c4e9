package com.avoma.webhooks.config.receiver;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What came of reading a client certificate and its key, both in PEM. What is accepted is usable
/// now: the key is the certificate's, and the chain is whole and valid.
public sealed interface ClientCertificatePem {
    String CERTIFICATE = "certificate";
    String PRIVATE_KEY = "private_key";
    Set<String> FIELDS = Set.of(CERTIFICATE, PRIVATE_KEY);

    Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    int LONGEST = 32 * 1024;
    int MOST_CERTIFICATES = 5;
    String TLS_CLIENTS = "1.3.6.1.5.5.7.3.2";
    String ANY_USAGE = "2.5.29.37.0";

    /// @param certificates the chain and nothing else, the client's own first
    /// @param privateKey PKCS #8, in the clear
    /// @param subject of the client's own certificate
    /// @param expiresAt when the first certificate of the chain does
    record Accepted(String certificates, String privateKey, String subject, Instant expiresAt)
            implements ClientCertificatePem {
        /// Without the key.
        @Override
        public String toString() {
            return "Accepted[subject=" + subject + "]";
        }
    }

    /// @param field the one that breaks a rule
    /// @param rule without a value of the request
    record Rejected(String field, String rule) implements ClientCertificatePem {}

    /// Reads both.
    static ClientCertificatePem of(String certificate, String privateKey, Instant now) {
        List<X509Certificate> chain;
        try {
            chain = chain(certificate, now);
        } catch (CertificateException e) {
            return new Rejected(CERTIFICATE, String.valueOf(e.getMessage()));
        }
        var own = chain.getFirst();
        try {
            var key = key(privateKey, own.getPublicKey());
            return new Accepted(
                    pem(chain),
                    pem("PRIVATE KEY", key.getEncoded()),
                    own.getSubjectX500Principal().getName(),
                    firstExpiry(chain));
        } catch (GeneralSecurityException e) {
            return new Rejected(PRIVATE_KEY, String.valueOf(e.getMessage()));
        }
    }

    private static List<X509Certificate> chain(String pem, Instant now)
            throws CertificateException {
        if (pem.length() > LONGEST) {
            throw new CertificateException("must be at most " + LONGEST + " characters");
        }
        List<X509Certificate> chain = new ArrayList<>();
        var blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            if (blocks.group(1).endsWith("PRIVATE KEY")) {
                throw new CertificateException(
                        "has a private key in it, which belongs into " + PRIVATE_KEY);
            }
            if (blocks.group(1).equals("CERTIFICATE")) {
                chain.add(certificate(blocks.group(2)));
            }
        }
        if (chain.isEmpty()) {
            throw new CertificateException(
                    "must be in PEM, with a line -----BEGIN CERTIFICATE----- before it");
        }
        if (chain.size() > MOST_CERTIFICATES) {
            throw new CertificateException("must be at most " + MOST_CERTIFICATES);
        }
        for (int i = 0; i < chain.size(); i++) {
            check(chain, i, now);
        }
        checkUsage(chain.getFirst());
        return chain;
    }

    private static X509Certificate certificate(String base64) throws CertificateException {
        try {
            var bytes = new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(bytes);
        } catch (IllegalArgumentException | CertificateException e) {
            throw new CertificateException("must be an X.509 certificate", e);
        }
    }

    private static void check(List<X509Certificate> chain, int index, Instant now)
            throws CertificateException {
        var one = chain.get(index);
        var which = index == 0 ? "" : " (number " + (index + 1) + " of the chain)";
        if (now.isAfter(one.getNotAfter().toInstant())) {
            throw new CertificateException("expired on " + one.getNotAfter().toInstant() + which);
        }
        if (now.isBefore(one.getNotBefore().toInstant())) {
            throw new CertificateException(
                    "is not valid before " + one.getNotBefore().toInstant() + which);
        }
        if (index > 0 && !isIssuedBy(chain.get(index - 1), one)) {
            throw new CertificateException(
                    "must be a chain, the client's own first: number "
                            + (index + 1)
                            + " did not issue the one before it");
        }
    }

    private static boolean isIssuedBy(X509Certificate one, X509Certificate issuer) {
        try {
            one.verify(issuer.getPublicKey());
            return one.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static void checkUsage(X509Certificate own) throws CertificateException {
        @Nullable List<String> usage = own.getExtendedKeyUsage();
        if (usage != null && !usage.contains(TLS_CLIENTS) && !usage.contains(ANY_USAGE)) {
            throw new CertificateException(
                    "is not for TLS clients: its extended key usage has no clientAuth");
        }
    }

    private static PrivateKey key(String pem, PublicKey expected) throws GeneralSecurityException {
        var block = BLOCK.matcher(pem);
        if (pem.length() > LONGEST || !block.find()) {
            throw new GeneralSecurityException(
                    "must be in PEM, with a line -----BEGIN PRIVATE KEY----- before it");
        }
        switch (block.group(1)) {
            case "PRIVATE KEY" -> {}
            case "ENCRYPTED PRIVATE KEY" ->
                    throw new GeneralSecurityException("must be without a passphrase");
            default ->
                    throw new GeneralSecurityException(
                            "must be in PKCS #8, as openssl pkcs8 -topk8 -nocrypt writes it");
        }
        var algorithm = expected.getAlgorithm();
        if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
            throw new GeneralSecurityException("must be an RSA or an EC key");
        }
        var key = key(block.group(2), algorithm);
        if (!isPair(key, expected)) {
            throw new GeneralSecurityException("is not the key of the certificate");
        }
        return key;
    }

    private static PrivateKey key(String base64, String algorithm) throws GeneralSecurityException {
        try {
            var bytes = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new GeneralSecurityException(
                    "is not a key of the certificate's kind (" + algorithm + ")", e);
        }
    }

    private static boolean isPair(PrivateKey key, PublicKey expected)
            throws GeneralSecurityException {
        var text = "of one pair".getBytes(StandardCharsets.US_ASCII);
        var signature =
                Signature.getInstance(
                        key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        try {
            signature.initSign(key);
            signature.update(text);
            var signed = signature.sign();
            signature.initVerify(expected);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            // of another size or curve
            return false;
        }
    }

    private static Instant firstExpiry(List<X509Certificate> chain) {
        var first = Instant.MAX;
        for (var one : chain) {
            var expiry = one.getNotAfter().toInstant();
            first = expiry.isBefore(first) ? expiry : first;
        }
        return first;
    }

    private static String pem(List<X509Certificate> chain) throws CertificateException {
        var pem = new StringBuilder();
        for (var one : chain) {
            pem.append(pem("CERTIFICATE", one.getEncoded()));
        }
        return pem.toString();
    }

    private static String pem(String label, byte[] bytes) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, base64);
    }
}
