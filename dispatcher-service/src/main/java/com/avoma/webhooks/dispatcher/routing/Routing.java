package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Where an event goes.
///
/// @param configRevision the revision of the organization's webhooks that was matched against
/// @param userTeams the teams that the attributed user counted for
/// @param verdicts one for each webhook of the organization; empty where it has none
public record Routing(long configRevision, Set<UUID> userTeams, List<Verdict> verdicts) {
    /// An organization without webhooks, or an unknown one.
    static final Routing NOWHERE = new Routing(0, Set.of(), List.of());

    /// What one webhook makes of the event.
    public record Verdict(UUID webhook, Reason reason) {
        public boolean matched() {
            return reason == Reason.MATCHED;
        }
    }
}
