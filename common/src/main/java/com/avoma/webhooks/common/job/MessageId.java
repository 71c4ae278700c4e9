package com.avoma.webhooks.common.job;

import java.nio.ByteBuffer;
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

    /// Never used itself.
    private static final MessageDigest PROTOTYPE = provided();

    private MessageId() {}

    /// `msg_` and 32 hex digits.
    public static String of(String eventSource, String eventId, UUID webhook) {
        byte[] source = eventSource.getBytes(StandardCharsets.UTF_8);
        byte[] id = eventId.getBytes(StandardCharsets.UTF_8);
        byte[] target = webhook.toString().getBytes(StandardCharsets.UTF_8);
        // length before text: ("a", "bc") and ("ab", "c") must differ
        var digested =
                ByteBuffer.allocate(3 * Integer.BYTES + source.length + id.length + target.length)
                        .putInt(source.length)
                        .put(source)
                        .putInt(id.length)
                        .put(id)
                        .putInt(target.length)
                        .put(target)
                        .array();
        return "msg_" + HexFormat.of().formatHex(sha256().digest(digested), 0, DIGEST_BYTES);
    }

    /// A copy costs a fraction of a look-up among the platform's providers.
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) PROTOTYPE.clone();
        } catch (CloneNotSupportedException _) {
            // a provider of another kind than the platform's own
            return provided();
        }
    }

    private static MessageDigest provided() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
