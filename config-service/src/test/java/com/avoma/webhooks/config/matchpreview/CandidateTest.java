package com.avoma.webhooks.config.matchpreview;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.event.TriggerEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateTest {
    private static final UUID SALES = UUID.randomUUID();
    private static final UUID SUPPORT = UUID.randomUUID();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// In the order in which dispatcher-service looks: the first reason that holds is given.
    @ParameterizedTest
    @CsvSource({
        "MEETING_BOOKED_VIA_SCHEDULER, false, false, false, OTHER_TRIGGER",
        "MEETING_BOOKED_VIA_SCHEDULER, true,  true,  true,  OTHER_TRIGGER",
        "A_LATER_TRIGGER,              true,  true,  true,  OTHER_TRIGGER",
        "AINOTE,                       false, false, false, PLAN",
        "AINOTE,                       false, true,  true,  PLAN",
        "AINOTE,                       true,  false, false, INACTIVE",
        "AINOTE,                       true,  false, true,  INACTIVE",
        "AINOTE,                       true,  true,  false, OUT_OF_SCOPE",
        "AINOTE,                       true,  true,  true,  MATCHED"
    })
    void givesTheFirstReasonThatHolds(
            String type, boolean plan, boolean active, boolean inTeam, Reason reason) {
        var candidate = new Candidate(TriggerEvent.AINOTE, active, Set.of(SALES));

        assertThat(candidate.judge(type, plan, Set.of(inTeam ? SALES : SUPPORT))).isEqualTo(reason);
    }

    @Test
    void isForAllMembersWithoutTeams() {
        var candidate = new Candidate(TriggerEvent.AINOTE, true, Set.of());

        assertThat(candidate.judge("AINOTE", true, Set.of())).isEqualTo(Reason.MATCHED);
        assertThat(candidate.judge("AINOTE", true, Set.of(SALES))).isEqualTo(Reason.MATCHED);
    }

    @Test
    void agreesWithANaiveOracle() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var teams = Stream.generate(UUID::randomUUID).limit(4).toList();
        for (int i = 0; i < 5_000; i++) {
            var type = TriggerEvent.values()[random.nextInt(4)];
            var event = TriggerEvent.values()[random.nextInt(4)].name();
            boolean active = random.nextBoolean();
            boolean plan = random.nextInt(4) > 0;
            var scope = some(teams, random);
            var user = some(teams, random);

            var reason = new Candidate(type, active, scope).judge(event, plan, user);

            boolean matches =
                    type.name().equals(event)
                            && active
                            && plan
                            && (scope.isEmpty() || user.stream().anyMatch(scope::contains));
            assertThat(reason == Reason.MATCHED)
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(matches);
        }
    }

    @Test
    void aPreviewCountsWhatMatches() {
        var candidate = new Candidate(TriggerEvent.AINOTE, true, Set.of(SALES));
        var events =
                List.of(
                        new PastEvent("3", "AINOTE", NOON, Set.of(SALES, SUPPORT)),
                        new PastEvent("2", "AINOTE", NOON, Set.of()),
                        new PastEvent("1", "OTHER", NOON, Set.of(SALES)));

        var preview = MatchPreview.of(candidate, true, events);

        assertThat(preview.events()).isEqualTo(3);
        assertThat(preview.matched()).isEqualTo(1);
        assertThat(preview.decisions())
                .extracting(MatchPreview.Decision::reason)
                .containsExactly(Reason.MATCHED, Reason.OUT_OF_SCOPE, Reason.OTHER_TRIGGER);
        assertThat(preview.decisions())
                .extracting(MatchPreview.Decision::eventId)
                .containsExactly("3", "2", "1");
    }

    private static Set<UUID> some(List<UUID> teams, Random random) {
        var some = new HashSet<UUID>();
        teams.stream().filter(_ -> random.nextInt(3) == 0).forEach(some::add);
        return some;
    }
}
