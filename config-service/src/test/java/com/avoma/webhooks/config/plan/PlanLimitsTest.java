package com.avoma.webhooks.config.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.setup.InactiveReason;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanLimitsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private final PlanLimits limits = new PlanLimits(new PlanProperties(0, 2, 4));

    @Test
    void admitsUpToThePlansNumber() {
        limits.admitOneMore(setup(Plan.ORGANIZATION, 1), TriggerEvent.AINOTE);
        assertThatThrownBy(
                        () -> limits.admitOneMore(setup(Plan.ORGANIZATION, 2), TriggerEvent.AINOTE))
                .hasMessageContaining("2 webhooks for AINOTE");
        limits.admitOneMore(setup(Plan.ORGANIZATION, 2), TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER);
        assertThatThrownBy(() -> limits.admitOneMore(setup(Plan.STARTUP, 0), TriggerEvent.AINOTE))
                .hasMessageContaining("Organization or the Enterprise plan");
        assertThatThrownBy(() -> limits.admitOneMore(setup(null, 0), TriggerEvent.AINOTE))
                .hasMessageContaining("no webhooks");
    }

    @Test
    void activatesNothingWithoutWebhooksInThePlan() {
        assertThatThrownBy(() -> limits.admitActive(setup(Plan.STARTUP, 0), TriggerEvent.AINOTE))
                .hasMessage(
                        "The Startup plan has no webhooks; they come with the Organization or the"
                                + " Enterprise plan.");
        limits.admitActive(setup(Plan.ORGANIZATION, 1), TriggerEvent.AINOTE);
        assertThatThrownBy(
                        () -> limits.admitActive(setup(Plan.ORGANIZATION, 2), TriggerEvent.AINOTE))
                .hasMessageContaining("all of them are in use");
    }

    @Test
    void turnsTheNewestOffAfterADowngradeAndOnAfterAnUpgrade() {
        var downgraded = limits.conform(setup(Plan.ORGANIZATION, 4), NOON);
        assertThat(reasons(downgraded))
                .containsExactly(null, null, InactiveReason.PLAN, InactiveReason.PLAN);

        var upgraded =
                limits.conform(
                        new OrganizationSetup(
                                downgraded.organization(),
                                Plan.ENTERPRISE,
                                List.of(),
                                downgraded.webhooks()),
                        NOON);
        assertThat(reasons(upgraded)).containsOnlyNulls();
    }

    @Test
    void turnsEverythingOffWithoutAPlan() {
        assertThat(reasons(limits.conform(setup(null, 2), NOON))).containsOnly(InactiveReason.PLAN);
    }

    @Test
    void leavesAloneWhatAnAdminOrAFailureTurnedOff() {
        var setup = setup(Plan.ORGANIZATION, 3);
        var first = setup.webhooks().getFirst();
        var off = setup.with(first.changed(first.fields(), InactiveReason.FAILING, NOON));

        assertThat(limits.conform(off, NOON)).isSameAs(off);
    }

    private static List<@Nullable InactiveReason> reasons(OrganizationSetup setup) {
        return new ArrayList<>(
                setup.webhooks().stream()
                        .sorted(Webhook.OLDEST_FIRST)
                        .map(Webhook::inactiveReason)
                        .toList());
    }

    private static OrganizationSetup setup(@Nullable Plan plan, int webhooks) {
        List<Webhook> made = new ArrayList<>();
        for (int i = 0; i < webhooks; i++) {
            var fields =
                    new Webhook.Fields(
                            "n", TriggerEvent.AINOTE, "https://a.b/", 2, Set.of(), List.of());
            var at = NOON.minusSeconds(100 - i);
            made.add(new Webhook(UUID.randomUUID(), 1, fields, null, at, at));
        }
        return new OrganizationSetup(UUID.randomUUID(), plan, List.of(), made);
    }
}
