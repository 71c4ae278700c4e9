package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.deliverylog.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as lists answer it.
///
/// @param id the `webhook-id`
/// @param created when the event happened
/// @param nextAttemptAt when the next attempt is due; null: there is none to wait for
/// @param test whether it is a test send
@Schema(name = "Delivery")
public record DeliveryAnswer(
        String id,
        UUID webhookUuid,
        String eventId,
        String eventType,
        Status status,
        Instant created,
        @Nullable Instant nextAttemptAt,
        int attemptCount,
        List<AttemptAnswer> attempts,
        boolean test) {

    public static DeliveryAnswer of(LoggedDelivery delivery, List<AttemptAnswer> attempts) {
        var progress = delivery.progress();
        var last = progress.last();
        var next =
                last == null || progress.status() != Status.PENDING ? null : last.nextAttemptAt();
        return new DeliveryAnswer(
                delivery.messageId(),
                delivery.webhookUuid(),
                delivery.eventId(),
                delivery.eventType(),
                progress.status(),
                delivery.created(),
                next,
                attempts.size(),
                attempts,
                delivery.test());
    }
}
