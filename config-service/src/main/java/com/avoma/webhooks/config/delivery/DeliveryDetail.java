package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.config.deliverylog.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery with the body that was sent, or is to be.
///
/// @param body read back from Kafka; null where it is not there any more, or Kafka does not answer
/// @param bodyExpired whether retention took the body
@Schema(name = "DeliveryDetail")
public record DeliveryDetail(
        String id,
        UUID webhookUuid,
        String eventId,
        String eventType,
        Status status,
        Instant created,
        @Nullable Instant nextAttemptAt,
        int attemptCount,
        List<AttemptAnswer> attempts,
        boolean test,
        @Nullable String body,
        boolean bodyExpired) {

    static DeliveryDetail of(DeliveryAnswer delivery, BodyClient.Body body) {
        return new DeliveryDetail(
                delivery.id(),
                delivery.webhookUuid(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.status(),
                delivery.created(),
                delivery.nextAttemptAt(),
                delivery.attemptCount(),
                delivery.attempts(),
                delivery.test(),
                switch (body) {
                    case BodyClient.Found(var text) -> text;
                    case BodyClient.Expired _, BodyClient.Unknown _ -> null;
                },
                body instanceof BodyClient.Expired);
    }
}
