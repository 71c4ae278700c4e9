package com.avoma.webhooks.common.signature;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A signing secret that is ready to sign: the key's own part of the HMAC is worked out once, not
/// for each signature. Thread-safe; equal to another key of the same text.
public final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] secret;

    /// Never used itself: a signature is made by a copy of it.
    private final Mac prototype;

    private SigningKey(byte[] secret, Mac prototype) {
        this.secret = secret;
        this.prototype = prototype;
    }

    /// @param secret the secret's text, whose UTF-8 bytes are the key
    public static SigningKey of(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return new SigningKey(bytes, keyed(bytes));
    }

    /// `X-Avoma-Signature`: 64 lower-case hex digits over the raw body and nothing else.
    public String avoma(byte[] body) {
        return HEX.formatHex(mac().doFinal(body));
    }

    /// One entry of `webhook-signature`: `v1,` and base64 over `id.timestamp.body`, as the Standard
    /// Webhooks specification has it.
    ///
    /// @param timestamp seconds since the epoch
    public String standard(String id, long timestamp, byte[] body) {
        var mac = mac();
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    private Mac mac() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException _) {
            // a provider of another kind than the platform's own
            return keyed(secret);
        }
    }

    private static Mac keyed(byte[] secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey that && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    /// Nothing of the secret.
    @Override
    public String toString() {
        return "signing key";
    }
}
