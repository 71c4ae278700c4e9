package com.avoma.webhooks.quickstart.receiver;

import java.time.Instant;

/// A webhook request that came in.
///
/// @param receivedAt when its last byte was there
/// @param path of the URL it was sent to
/// @param messageId `webhook-id`, the same on every retry; empty where the header is absent
/// @param eventType the body's `event_type`; empty where it has none
/// @param subject the body's `subject`; empty where it has none
/// @param avoma whether `X-Avoma-Signature` is right
/// @param standard whether `webhook-signature` is right
public record Receipt(
        Instant receivedAt,
        String path,
        String messageId,
        String eventType,
        String subject,
        boolean avoma,
        boolean standard) {

    /// Whether to trust it.
    public boolean isGenuine() {
        return avoma && standard;
    }
}
