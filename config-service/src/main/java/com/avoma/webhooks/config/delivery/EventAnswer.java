package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Why each webhook did or did not get an event.
///
/// @param userUuid the attributed user, as the event names it
/// @param time when the event happened
/// @param decidedAt when it was routed
/// @param configRevision the revision of the organization's setup that it was routed under
/// @param userTeams the teams of the user that counted
@Schema(name = "RoutedEvent")
public record EventAnswer(
        String eventId,
        String eventSource,
        String eventType,
        String userUuid,
        Instant time,
        Instant decidedAt,
        long configRevision,
        List<UUID> userTeams,
        List<DecisionAnswer> decisions) {

    /// @param words the reason in words, for pages that tell beside it when it was decided
    /// @param detail the reason in words, when it was decided and under what
    /// @param deliveryId of the delivery, where there is one
    @Schema(name = "Decision")
    public record DecisionAnswer(
            UUID webhookUuid,
            boolean matched,
            Reason reason,
            @JsonIgnore String words,
            String detail,
            @Nullable String deliveryId) {}
}
