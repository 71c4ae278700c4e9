package com.avoma.webhooks.config.apikey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A key and its secret, which reads `CLIENT_KEY:CLIENT_SECRET` in a request. The secret has 256
/// random bits, so one SHA-256 is as good as a slow hash: there is nothing to guess, and every
/// request pays for it. The client key is hashed along, so that rows cannot be swapped.
public record KeySecret(String clientKey, String secret) {
    private static final Pattern CLIENT_KEY = Pattern.compile("[0-9a-f]{32}");
    private static final int KEY_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    /// A new one.
    static KeySecret random(SecureRandom random) {
        var key = new byte[KEY_BYTES];
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(key);
        random.nextBytes(secret);
        return new KeySecret(
                HexFormat.of().formatHex(key),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// Whether a text can be a client key at all.
    static boolean isClientKey(String text) {
        return CLIENT_KEY.matcher(text).matches();
    }

    byte[] hash() {
        try {
            var text = clientKey + ':' + secret;
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Whether the hash is this key's; takes the same time whether it is or not.
    boolean matches(byte[] hash) {
        return MessageDigest.isEqual(hash(), hash);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "KeySecret[clientKey=" + clientKey + "]";
    }
}
