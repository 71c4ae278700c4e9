package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All organizations' webhooks and plans, in memory. One thread writes, any number match; each
/// match is against one immutable snapshot of the organization. Next after a match:
/// [com.avoma.webhooks.dispatcher.fanout.Fanout].
public final class RoutingTable {
    private final Map<UUID, OrganizationSnapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<UUID, Plan> plans = new ConcurrentHashMap<>();
    private final Directory directory;

    public RoutingTable(Directory directory) {
        this.directory = directory;
    }

    /// Decides for every webhook of the event's organization. Costs one look-up and a pass over
    /// that organization's webhooks, whatever the number of organizations.
    public Routing match(MeetingEvent event) {
        var snapshot = snapshots.get(event.organizationId());
        if (snapshot == null || snapshot.webhooks().isEmpty()) {
            return Routing.NOWHERE;
        }
        var plan = plans.get(event.organizationId());
        var teams = directory.teamsOf(event.userId(), event.organizationId());
        var verdicts =
                snapshot.webhooks().stream()
                        .map(w -> new Routing.Verdict(w.uuid(), reason(w, event, plan, teams)))
                        .toList();
        return new Routing(snapshot.revision(), teams, verdicts);
    }

    private static Reason reason(
            Subscription webhook, MeetingEvent event, @Nullable Plan plan, Set<UUID> teams) {
        if (!webhook.eventType().equals(event.type().name())) {
            return Reason.OTHER_TRIGGER;
        }
        if (plan == null || !plan.hasWebhooks()) {
            return Reason.PLAN;
        }
        if (!webhook.active()) {
            return Reason.INACTIVE;
        }
        boolean inScope =
                webhook.teamUuids().isEmpty() || !Collections.disjoint(webhook.teamUuids(), teams);
        return inScope ? Reason.MATCHED : Reason.OUT_OF_SCOPE;
    }

    /// Takes a snapshot, unless a later one of that organization is there already.
    void put(OrganizationSnapshot snapshot) {
        snapshots.merge(
                snapshot.organizationUuid(),
                snapshot,
                (held, next) -> next.revision() >= held.revision() ? next : held);
    }

    void remove(UUID organization) {
        snapshots.remove(organization);
    }

    void putPlan(UUID organization, Plan plan) {
        plans.put(organization, plan);
    }

    void removePlan(UUID organization) {
        plans.remove(organization);
    }

    /// How many organizations have a snapshot.
    public int organizations() {
        return snapshots.size();
    }
}
