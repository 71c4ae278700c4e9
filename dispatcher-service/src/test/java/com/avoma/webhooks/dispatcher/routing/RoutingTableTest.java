package com.avoma.webhooks.dispatcher.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final UUID ORGANIZATION = new UUID(1, 1);
    private static final UUID STRANGERS = new UUID(1, 2);
    private static final UUID SALES = new UUID(2, 1);
    private static final UUID SUPPORT = new UUID(2, 2);
    private static final UUID USER = new UUID(3, 1);
    private static final UUID WEBHOOK = new UUID(4, 1);

    private final Directory directory = new Directory();
    private final RoutingTable table = new RoutingTable(directory);

    @BeforeEach
    void fillsTheDirectory() {
        table.putPlan(ORGANIZATION, Plan.ENTERPRISE);
        directory.put(new Team(SALES, ORGANIZATION, "Sales"));
        directory.put(new Team(SUPPORT, ORGANIZATION, "Support"));
        directory.put(member(USER, ORGANIZATION, SALES));
    }

    @Test
    void matchesAWebhookForAllMembers() {
        put(1, webhook("AINOTE", true));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.MATCHED);
        assertThat(reasonFor("nobody we know")).isEqualTo(Reason.MATCHED);
    }

    @Test
    void matchesAWebhookOfTheUsersTeamAndSaysWhichTeamsCounted() {
        put(1, webhook("AINOTE", true, SALES, SUPPORT));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.MATCHED);
        assertThat(table.match(event(USER.toString())).userTeams()).containsExactly(SALES);
    }

    @Test
    void leavesOutAWebhookOfOtherTeams() {
        put(1, webhook("AINOTE", true, SUPPORT));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.OUT_OF_SCOPE);
        assertThat(reasonFor("nobody we know")).isEqualTo(Reason.OUT_OF_SCOPE);
    }

    @Test
    void followsAUserWhoMoves() {
        put(1, webhook("AINOTE", true, SUPPORT));
        directory.put(member(USER, ORGANIZATION, SUPPORT));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.MATCHED);
        directory.removeMember(USER);
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.OUT_OF_SCOPE);
    }

    @Test
    void countsNoTeamThatIsGoneOrSomebodyElses() {
        put(1, webhook("AINOTE", true, SALES));
        directory.removeTeam(SALES);
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.OUT_OF_SCOPE);
        directory.put(new Team(SALES, STRANGERS, "Sales"));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.OUT_OF_SCOPE);
    }

    @Test
    void countsNoTeamOfAUserFromAnotherOrganization() {
        put(1, webhook("AINOTE", true, SALES));
        directory.put(member(USER, STRANGERS, SALES));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.OUT_OF_SCOPE);
    }

    @Test
    void leavesOutAnotherTrigger() {
        put(1, webhook("MEETING_BOOKED_VIA_SCHEDULER", true));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.OTHER_TRIGGER);
    }

    @Test
    void leavesOutAWebhookThatIsSwitchedOff() {
        put(1, webhook("AINOTE", false));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.INACTIVE);
    }

    @Test
    void leavesOutEveryWebhookOfAPlanWithoutThemOrAnOrganizationThatIsGone() {
        put(1, webhook("AINOTE", true));
        table.putPlan(ORGANIZATION, Plan.STARTUP);
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.PLAN);
        table.removePlan(ORGANIZATION);
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.PLAN);
    }

    @Test
    void keepsTheLaterRevision() {
        put(2, webhook("AINOTE", false));
        put(1, webhook("AINOTE", true));
        assertThat(reasonFor(USER.toString())).isEqualTo(Reason.INACTIVE);
        assertThat(table.match(event(USER.toString())).configRevision()).isEqualTo(2);
    }

    @Test
    void goesNowhereForAnOrganizationWithoutWebhooks() {
        put(1);
        assertThat(table.match(event(USER.toString()))).isEqualTo(Routing.NOWHERE);
        table.remove(ORGANIZATION);
        assertThat(table.match(event(USER.toString()))).isEqualTo(Routing.NOWHERE);
    }

    private Reason reasonFor(String user) {
        var verdicts = table.match(event(user)).verdicts();
        assertThat(verdicts).hasSize(1);
        assertThat(verdicts.getFirst().webhook()).isEqualTo(WEBHOOK);
        return verdicts.getFirst().reason();
    }

    private void put(long revision, Subscription... webhooks) {
        table.put(
                new OrganizationSnapshot(
                        ORGANIZATION, revision, NOW, List.of(), List.of(webhooks)));
    }

    private static Subscription webhook(String type, boolean active, UUID... teams) {
        return new Subscription(
                WEBHOOK, type, "https://example.com/", active, Set.of(teams), List.of());
    }

    private static Member member(UUID uuid, UUID organization, UUID... teams) {
        return new Member(uuid, organization, null, Member.Role.MEMBER, Set.of(teams));
    }

    private static MeetingEvent event(String user) {
        return new MeetingEvent(
                "e", "/s", TriggerEvent.AINOTE, NOW, ORGANIZATION, user, null, Payload.of("{}"));
    }
}
