package com.avoma.webhooks.config.plan;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.setup.InactiveReason;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a plan allows. Pure: no clock, no database.
public final class PlanLimits {
    private final PlanProperties properties;

    public PlanLimits(PlanProperties properties) {
        this.properties = properties;
    }

    /// Lets a new webhook of the trigger event in, or one that changes to it.
    ///
    /// @throws RefusedException with 400 where the plan has no webhooks or no more of them
    public void admitOneMore(OrganizationSetup setup, TriggerEvent event) {
        int most = atLeastOne(setup);
        if (setup.count(event, _ -> true) >= most) {
            throw full(setup, event, most);
        }
    }

    /// Lets an inactive webhook of the trigger event become active.
    ///
    /// @throws RefusedException with 400 where the plan has none, or so many are active already
    public void admitActive(OrganizationSetup setup, TriggerEvent event) {
        int most = atLeastOne(setup);
        if (setup.count(event, Webhook::active) >= most) {
            throw full(setup, event, most);
        }
    }

    /// What becomes of a setup under its plan: the oldest webhooks stay active, surplus ones become
    /// inactive for [InactiveReason#PLAN], and those that were so become active where the plan has
    /// room again. Nothing is deleted. The same setup where nothing changes.
    public OrganizationSetup conform(OrganizationSetup setup, Instant at) {
        int most = perTriggerEvent(setup.plan());
        Map<TriggerEvent, Integer> active = new EnumMap<>(TriggerEvent.class);
        var result = setup;
        for (var webhook : setup.webhooks().stream().sorted(Webhook.OLDEST_FIRST).toList()) {
            if (!webhook.active() && webhook.inactiveReason() != InactiveReason.PLAN) {
                continue;
            }
            boolean fits = active.merge(webhook.fields().eventType(), 1, Integer::sum) <= most;
            if (fits != webhook.active()) {
                var reason = fits ? null : InactiveReason.PLAN;
                result = result.with(webhook.changed(webhook.fields(), reason, at));
            }
        }
        return result;
    }

    /// How many webhooks of one trigger event a plan has; 0: none, as where there is no plan.
    public int perTriggerEvent(@Nullable Plan plan) {
        return plan == null ? 0 : properties.perTriggerEvent(plan);
    }

    private int atLeastOne(OrganizationSetup setup) {
        int most = perTriggerEvent(setup.plan());
        if (most == 0) {
            throw RefusedException.invalid(
                    "The "
                            + label(setup.plan())
                            + " plan has no webhooks; they come with the "
                            + plansWithWebhooks()
                            + " plan.");
        }
        return most;
    }

    private static RefusedException full(OrganizationSetup setup, TriggerEvent event, int most) {
        return RefusedException.invalid(
                "event_type",
                "the "
                        + label(setup.plan())
                        + " plan has "
                        + most
                        + " webhooks for "
                        + event.name()
                        + ", and all of them are in use");
    }

    /// Their names, for a sentence: `Organization or the Enterprise`.
    public String plansWithWebhooks() {
        return Arrays.stream(Plan.values())
                .filter(plan -> properties.perTriggerEvent(plan) > 0)
                .map(PlanLimits::label)
                .collect(Collectors.joining(" or the "));
    }

    /// Its name, for a sentence: `Enterprise`.
    public static String label(@Nullable Plan plan) {
        if (plan == null) {
            return "organization's";
        }
        var name = plan.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
