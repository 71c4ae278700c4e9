package com.avoma.webhooks.config.console.receiver;

import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.json.MalformedJsonException;
import com.avoma.webhooks.common.signature.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Which mistake a signature is: the same signature is made in the ways that receivers usually get
/// wrong, until one gives what they have. Pure, and it keeps nothing.
final class SignatureDiagnosis {
    private static final int SHA_256_HEX = 64;

    private final String secret;
    private final byte[] body;
    private final String given;

    /// @param valid whether a receiver should accept it
    record Verdict(boolean valid, String title, String advice) {}

    private SignatureDiagnosis(String body, String signature, String secret) {
        this.secret = secret;
        this.body = body.getBytes(StandardCharsets.UTF_8);
        this.given = signature;
    }

    /// @param body as the receiver has it
    /// @param signature that it compares with, its own or the header's
    static Verdict of(String body, String signature, String secret) {
        var diagnosis = new SignatureDiagnosis(body, signature, secret);
        var verdict = diagnosis.ofForm();
        verdict = verdict == null ? diagnosis.ofSecret() : verdict;
        verdict = verdict == null ? diagnosis.ofBody() : verdict;
        return verdict == null ? diagnosis.unknown() : verdict;
    }

    /// The right signature, in another form.
    private @Nullable Verdict ofForm() {
        var expected = Signatures.avoma(secret, body);
        var bytes = HexFormat.of().parseHex(expected);
        if (given.equals(expected)) {
            return new Verdict(
                    true, "It matches", "This body was signed with this secret. Accept it.");
        }
        if (given.strip().equals(expected)) {
            return mistake(
                    "There is white space around the signature",
                    "Trim the header's value before you compare it.");
        }
        if (given.strip().toLowerCase(Locale.ROOT).equals(expected)) {
            return mistake(
                    "It is right, in capital letters",
                    "Write your own signature in lower-case hexadecimal digits.");
        }
        if (given.toLowerCase(Locale.ROOT).endsWith("=" + expected)) {
            return mistake(
                    "It has a prefix",
                    "X-Avoma-Signature is the bare signature: compare without “sha256=” or the like"
                            + " in front of it.");
        }
        if (base64(given, bytes)) {
            return mistake(
                    "It is right, in Base64",
                    "X-Avoma-Signature is in hexadecimal digits: encode your own signature as hex.");
        }
        if (given.startsWith("v1,")) {
            return mistake(
                    "It is a signature of the header webhook-signature",
                    "That one is made over webhook-id, webhook-timestamp and the body. Verify it with"
                            + " a Standard Webhooks library, or compare with X-Avoma-Signature.");
        }
        return null;
    }

    /// The right body, with another key.
    private @Nullable Verdict ofSecret() {
        if (matches(mac("HmacSHA256", utf8(secret.strip()), body))) {
            return mistake(
                    "There is white space around the secret",
                    "Read the secret without the line end or blanks around it.");
        }
        var hex = fromHex(secret.strip());
        if (hex != null && matches(mac("HmacSHA256", hex, body))) {
            return mistake(
                    "The secret was decoded from hexadecimal",
                    "Take the secret's text as it is, all its characters as UTF-8, as the key.");
        }
        var base64 = fromBase64(secret.strip());
        if (base64 != null && matches(mac("HmacSHA256", base64, body))) {
            return mistake(
                    "The secret was decoded from Base64",
                    "Take the secret's text as it is, all its characters as UTF-8, as the key.");
        }
        if (matches(mac("HmacSHA256", utf8(Signatures.standardSecret(secret)), body))) {
            return mistake(
                    "The key was the secret in its whsec_ form",
                    "That form is for Standard Webhooks libraries. For X-Avoma-Signature take the"
                            + " secret as the console shows it.");
        }
        if (matches(mac("HmacSHA1", utf8(secret), body))
                || matches(mac("HmacSHA512", utf8(secret), body))) {
            return mistake("It was made with another hash", "Use HMAC with SHA-256.");
        }
        if (matches(digest(body))) {
            return mistake(
                    "It was made without the secret",
                    "It is the plain SHA-256 of the body. Use HMAC-SHA256 with the secret as key.");
        }
        return null;
    }

    /// The right secret, for another body.
    private @Nullable Verdict ofBody() {
        var text = new String(body, StandardCharsets.UTF_8);
        for (var other :
                new String[] {
                    text.strip(), text + "\n", text + "\r\n", text.replace("\r\n", "\n")
                }) {
            if (matches(mac("HmacSHA256", utf8(secret), utf8(other)))) {
                return mistake(
                        "The body has other line ends or blanks around it",
                        "Sign the bytes exactly as they came: they have no line end behind them.");
            }
        }
        var normalized = normalized(body);
        if (normalized != null && matches(mac("HmacSHA256", utf8(secret), normalized))) {
            return mistake(
                    "The body was parsed and written again",
                    "The signature is right for the body as it was sent. Yours was formatted anew:"
                            + " take the raw bytes, before any JSON parser.");
        }
        return null;
    }

    private Verdict unknown() {
        if (given.isBlank()) {
            return mistake(
                    "There is no signature",
                    "Without a signing secret requests have none. Else look whether a proxy drops"
                            + " the header X-Avoma-Signature.");
        }
        if (given.strip().length() != SHA_256_HEX || fromHex(given.strip()) == null) {
            return mistake(
                    "It is not a signature of ours",
                    "X-Avoma-Signature is 64 lower-case hexadecimal digits.");
        }
        return mistake(
                "It belongs to another secret or another body",
                "Look in the audit log whether the secret was rotated, and whether your framework"
                        + " gives you the body's raw bytes: one changed character is enough.");
    }

    private static Verdict mistake(String title, String advice) {
        return new Verdict(false, title, advice);
    }

    private boolean matches(byte[] signature) {
        return given.strip().toLowerCase(Locale.ROOT).endsWith(HexFormat.of().formatHex(signature))
                || base64(given, signature);
    }

    private static boolean base64(String text, byte[] expected) {
        var decoded = fromBase64(text.strip());
        return decoded != null && MessageDigest.isEqual(decoded, expected);
    }

    private static byte @Nullable [] fromHex(String text) {
        try {
            return text.isEmpty() ? null : HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static byte @Nullable [] fromBase64(String text) {
        try {
            var decoded = Base64.getDecoder().decode(text);
            return decoded.length == 0 ? null : decoded;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static byte @Nullable [] normalized(byte[] body) {
        try {
            return JsonNormalizer.normalize(body).body().bytes();
        } catch (MalformedJsonException _) {
            return null;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mac(String algorithm, byte[] key, byte[] body) {
        try {
            var mac = Mac.getInstance(algorithm);
            // an empty key is none that Java takes, and none that signs anything
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static byte[] digest(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
