package com.avoma.webhooks.config.console;

import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.config.plan.PlanLimits;
import com.avoma.webhooks.config.web.Caller;
import org.jspecify.annotations.Nullable;

/// Who looks at a page, and what the organization's plan has: what every page shows.
///
/// @param user the name without its kind
/// @param plan the plan's name
/// @param perTriggerEvent webhooks of one trigger event; 0: the plan has none
/// @param plansWithWebhooks the names of those that have
public record Viewer(
        String user,
        String organization,
        String plan,
        int perTriggerEvent,
        String plansWithWebhooks) {

    /// @param organization null: the directory does not have it
    static Viewer of(Caller caller, @Nullable Organization organization, PlanLimits limits) {
        Plan plan = organization == null ? null : organization.plan();
        var actor = caller.actor();
        return new Viewer(
                actor.substring(actor.indexOf(':') + 1),
                organization == null ? caller.organization().toString() : organization.name(),
                PlanLimits.label(plan),
                limits.perTriggerEvent(plan),
                limits.plansWithWebhooks());
    }
}
