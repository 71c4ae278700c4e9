package com.avoma.webhooks.common.decision;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record of `routing-decisions`, keyed by event id: what became of one event of an organization
/// that has webhooks.
///
/// @param userUuid the attributed user, as the event names it
/// @param time when the event happened
/// @param decidedAt when it was routed
/// @param configRevision the revision of the organization's snapshot it was routed under
/// @param userTeams the teams the user was in then
/// @param event where the event's record is
/// @param decisions one for each webhook of the organization
public record RoutingDecision(
        UUID organizationUuid,
        String eventId,
        String eventSource,
        String eventType,
        String userUuid,
        Instant time,
        Instant decidedAt,
        long configRevision,
        Set<UUID> userTeams,
        Position event,
        List<Decision> decisions) {

    /// Whether one webhook gets the event.
    ///
    /// @param messageId the delivery, where it matched
    public record Decision(
            UUID webhookUuid, boolean matched, Reason reason, @Nullable String messageId) {}

    /// Why a webhook gets an event or does not.
    public enum Reason {
        @JsonProperty("matched")
        MATCHED,
        /// The webhook is triggered by another event.
        @JsonProperty("other_trigger")
        OTHER_TRIGGER,
        /// The attributed user is in none of the webhook's teams.
        @JsonProperty("out_of_scope")
        OUT_OF_SCOPE,
        /// The webhook is switched off.
        @JsonProperty("inactive")
        INACTIVE,
        /// The organization's plan has no webhooks.
        @JsonProperty("plan")
        PLAN
    }
}
