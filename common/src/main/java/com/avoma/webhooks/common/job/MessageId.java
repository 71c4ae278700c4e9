package com.avoma.webhooks.common.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/// The `webhook-id` of a delivery: a digest of event source, event id and webhook, so that it is
/// the same on every retry, redelivery and replay and receivers can drop duplicates by it. It has
/// no dot, which separates the parts of the signed text in Standard Webhooks.
public final class MessageId {
    private static final int DIGEST_BYTES = 16;

    private MessageId() {}

    /// `msg_` and 32 hex digits.
    public static String of(String eventSource, String eventId, UUID webhook) {
        var digest = sha256();
        // length before text: ("a", "bc") and ("ab", "c") must differ
        update(digest, eventSource);
        update(digest, eventId);
        update(digest, webhook.toString());
        return "msg_" + HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >>> 24));
        digest.update((byte) (bytes.length >>> 16));
        digest.update((byte) (bytes.length >>> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
