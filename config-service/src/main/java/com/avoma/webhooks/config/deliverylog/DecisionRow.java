package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// A [RoutingDecision] as the table `decisions` has it.
record DecisionRow(
        UUID organizationUuid,
        Instant created,
        String eventTopic,
        int eventPartition,
        long eventOffset,
        String eventId,
        long eventHash,
        String eventSource,
        String eventType,
        String userUuid,
        Instant decidedAt,
        long configRevision,
        Set<UUID> userTeams,
        List<Decision> webhooks) {

    static DecisionRow of(RoutingDecision decision) {
        return new DecisionRow(
                decision.organizationUuid(),
                decision.time(),
                decision.event().topic(),
                decision.event().partition(),
                decision.event().offset(),
                decision.eventId(),
                EventHash.of(decision.eventId()),
                decision.eventSource(),
                decision.eventType(),
                decision.userUuid(),
                decision.decidedAt(),
                decision.configRevision(),
                decision.userTeams(),
                decision.decisions());
    }
}
