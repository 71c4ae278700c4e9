package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// All organizations' webhooks and plans, in memory. One thread writes, any number match; each
/// match is against one immutable state of the organization. Next after a match:
/// [com.avoma.webhooks.dispatcher.fanout.Fanout].
public final class RoutingTable {
    private final Map<UUID, OrganizationRoutes> organizations = new ConcurrentHashMap<>();
    private final Map<UUID, Plan> plans = new ConcurrentHashMap<>();
    private final Directory directory;

    public RoutingTable(Directory directory) {
        this.directory = directory;
    }

    /// Decides for every webhook of the event's organization. Costs one look-up and a pass over
    /// that organization's webhooks, whatever the number of organizations.
    public Routing match(MeetingEvent event) {
        var routes = organizations.get(event.organizationId());
        if (routes == null || routes.isEmpty()) {
            return Routing.NOWHERE;
        }
        var plan = plans.get(event.organizationId());
        var teams = directory.teamsOf(event.userId(), event.organizationId());
        return routes.match(event.type(), plan, teams);
    }

    /// Takes a snapshot, unless a later one of that organization is there already.
    public void put(OrganizationSnapshot snapshot) {
        organizations.merge(
                snapshot.organizationUuid(),
                new OrganizationRoutes(snapshot),
                (held, next) -> next.revision() >= held.revision() ? next : held);
    }

    void remove(UUID organization) {
        organizations.remove(organization);
    }

    public void putPlan(UUID organization, Plan plan) {
        plans.put(organization, plan);
    }

    void removePlan(UUID organization) {
        plans.remove(organization);
    }

    /// How many organizations have a snapshot.
    public int organizations() {
        return organizations.size();
    }
}
