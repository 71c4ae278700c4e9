package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All organizations' webhooks and plans, in memory. One thread writes, any number match; each
/// match is against one immutable state of the organization. Next after a match:
/// [com.avoma.webhooks.dispatcher.fanout.Fanout].
public final class RoutingTable {
    private final Map<UUID, Known> organizations = new ConcurrentHashMap<>();
    private final Directory directory;

    public RoutingTable(Directory directory) {
        this.directory = directory;
    }

    /// What is known of an organization: one look-up finds all of it.
    ///
    /// @param routes null: no snapshot has come
    /// @param plan null: the directory does not have it
    private record Known(@Nullable OrganizationRoutes routes, @Nullable Plan plan) {
        static final Known NOTHING = new Known(null, null);

        @Nullable Known orNull() {
            return routes == null && plan == null ? null : this;
        }
    }

    /// Decides for every webhook of the event's organization. Costs one look-up and a pass over
    /// that organization's webhooks, whatever the number of organizations.
    public Routing match(MeetingEvent event) {
        var known = organizations.get(event.organizationId());
        var routes = known == null ? null : known.routes();
        if (known == null || routes == null || routes.isEmpty()) {
            return Routing.NOWHERE;
        }
        var teams = directory.teamsOf(event.userId(), event.organizationId());
        return routes.match(event.type(), known.plan(), teams);
    }

    /// Takes a snapshot, unless a later one of that organization is there already.
    public void put(OrganizationSnapshot snapshot) {
        change(
                snapshot.organizationUuid(),
                known -> {
                    var held = known.routes();
                    return held != null && held.revision() > snapshot.revision()
                            ? known
                            : new Known(new OrganizationRoutes(snapshot), known.plan());
                });
    }

    void remove(UUID organization) {
        change(organization, known -> new Known(null, known.plan()));
    }

    public void putPlan(UUID organization, Plan plan) {
        change(organization, known -> new Known(known.routes(), plan));
    }

    void removePlan(UUID organization) {
        change(organization, known -> new Known(known.routes(), null));
    }

    private void change(UUID organization, UnaryOperator<Known> change) {
        organizations.compute(
                organization,
                (_, known) -> change.apply(known == null ? Known.NOTHING : known).orNull());
    }
}
