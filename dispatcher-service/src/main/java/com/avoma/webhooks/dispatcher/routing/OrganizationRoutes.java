package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What matching needs of one organization's snapshot, and nothing else: no target, header or
/// secret is kept, so that a webhook takes some 130 bytes. Immutable.
final class OrganizationRoutes {
    private final long revision;
    private final Route[] routes;

    /// @param type null: a trigger event that this service does not know
    private record Route(
            UUID webhook, @Nullable TriggerEvent type, boolean active, Set<UUID> teams) {

        static Route of(Subscription webhook) {
            return new Route(
                    webhook.uuid(),
                    TriggerEvent.of(webhook.eventType()).orElse(null),
                    webhook.active(),
                    webhook.teamUuids());
        }

        Reason judge(TriggerEvent event, boolean planHasWebhooks, Set<UUID> userTeams) {
            if (type != event) {
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

    OrganizationRoutes(OrganizationSnapshot snapshot) {
        revision = snapshot.revision();
        routes = snapshot.webhooks().stream().map(Route::of).toArray(Route[]::new);
    }

    long revision() {
        return revision;
    }

    boolean isEmpty() {
        return routes.length == 0;
    }

    /// One verdict for each webhook, in the snapshot's order.
    Routing match(TriggerEvent event, @Nullable Plan plan, Set<UUID> userTeams) {
        boolean planHasWebhooks = plan != null && plan.hasWebhooks();
        List<Routing.Verdict> verdicts = new ArrayList<>(routes.length);
        for (var route : routes) {
            verdicts.add(
                    new Routing.Verdict(
                            route.webhook(), route.judge(event, planHasWebhooks, userTeams)));
        }
        return new Routing(revision, userTeams, verdicts);
    }
}
