package com.avoma.webhooks.quickstart.receiver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Verifies both signatures of a webhook. Everything that a receiver of one's own needs is in this
/// class; it shares no code with the sender.
///
/// Three things matter: verify the bytes as they were received, before any JSON parser has had
/// them; compare in constant time; and, with Standard Webhooks, refuse a timestamp that is not
/// recent, so that a recorded request cannot be played again.
public final class SignatureVerifier {
    /// How far `webhook-timestamp` may be from our clock, as the Standard Webhooks libraries have
    /// it.
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final byte[] secret;

    /// @param secret the signing secret's text as it was shown; its characters are the key, a
    ///   secret of hex digits is not decoded
    public SignatureVerifier(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /// `X-Avoma-Signature`: HMAC-SHA256 of the body in lower-case hex.
    ///
    /// @param signature the header's value, null where it is absent
    public boolean verifiesAvoma(@Nullable String signature, byte[] body) {
        return signature != null && equal(HexFormat.of().formatHex(hmac(body)), signature);
    }

    /// Standard Webhooks: one of the space-separated entries of `webhook-signature` is `v1,` and
    /// the base64 of HMAC-SHA256 over `id.timestamp.body`.
    ///
    /// @param id `webhook-id`
    /// @param timestamp `webhook-timestamp`, seconds since the epoch
    /// @param signatures `webhook-signature`
    public boolean verifiesStandard(
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signatures,
            byte[] body,
            Instant now) {
        if (id == null || timestamp == null || signatures == null || !isRecent(timestamp, now)) {
            return false;
        }
        byte[] prefix = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        var expected = "v1," + Base64.getEncoder().encodeToString(hmac(prefix, body));
        boolean found = false;
        for (var signature : signatures.split(" ", -1)) {
            found |= equal(expected, signature);
        }
        return found;
    }

    private static boolean isRecent(String timestamp, Instant now) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(sent, now).abs().compareTo(TOLERANCE) <= 0;
    }

    /// Takes the same time wherever the two differ, so that nobody can guess a signature byte by
    /// byte.
    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] hmac(byte[]... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
