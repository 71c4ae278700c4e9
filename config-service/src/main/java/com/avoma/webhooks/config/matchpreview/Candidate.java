package com.avoma.webhooks.config.matchpreview;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.setup.Webhook;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;

/// What of a webhook decides which events it gets. The rule is dispatcher-service's
/// (`OrganizationRoutes`), said again.
///
/// @param teams the teams whose members' events trigger it; empty: all members
public record Candidate(TriggerEvent eventType, boolean active, Set<UUID> teams) {
    public static Candidate of(Webhook webhook) {
        return new Candidate(
                webhook.fields().eventType(), webhook.active(), webhook.fields().teams());
    }

    /// @param type the event's, of whatever name
    /// @param planHasWebhooks whether the organization's plan has any
    /// @param userTeams the teams that the event's user counts for
    public Reason judge(String type, boolean planHasWebhooks, Set<UUID> userTeams) {
        if (!eventType.name().equals(type)) {
            return Reason.OTHER_TRIGGER;
        }
        if (!planHasWebhooks) {
            return Reason.PLAN;
        }
        if (!active) {
            return Reason.INACTIVE;
        }
        return teams.isEmpty() || !Collections.disjoint(teams, userTeams)
                ? Reason.MATCHED
                : Reason.OUT_OF_SCOPE;
    }
}
