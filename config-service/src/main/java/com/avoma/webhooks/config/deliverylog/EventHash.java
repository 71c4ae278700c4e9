package com.avoma.webhooks.config.deliverylog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What event ids are indexed by: they may be longer than an index takes.
public final class EventHash {
    private EventHash() {}

    /// The first eight bytes of its SHA-256.
    public static long of(String eventId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(eventId.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
