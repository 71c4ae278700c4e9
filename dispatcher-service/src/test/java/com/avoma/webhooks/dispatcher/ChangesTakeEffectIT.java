package com.avoma.webhooks.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

/// A change, then an event at once: the event is judged under the change, whichever topic it is on.
/// The seed is printed; `-Ddispatcher.seed=…` takes it again.
class ChangesTakeEffectIT {
    private static final int ROUNDS = 200;

    private final long seed = Long.getLong("dispatcher.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final UUID organization = UUID.randomUUID();
    private final UUID team = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();
    private final UUID webhook = UUID.randomUUID();

    private long revision;
    private boolean triggered;
    private boolean active;
    private boolean paid;
    private boolean teamThere;
    private boolean inTeam;

    @Test
    void judgesEachEventUnderTheChangeJustBeforeIt() {
        System.out.println("changes take effect: seed " + seed);
        Map<String, RoutingDecision> decisions = new HashMap<>();
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        try (var topics = new TopicProbe()) {
            topics.createTopics(3);
            for (int change = 0; change < 5; change++) {
                flip(change, topics);
            }
            var service =
                    new SpringApplication(DispatcherApplication.class)
                            .run(
                                    "--spring.kafka.bootstrap-servers="
                                            + TestBroker.bootstrapServers(),
                                    "--webhooks.topics.prefix=" + topics.prefix(),
                                    "--management.server.port=0");
            try (service;
                    var reader =
                            new TopicReader(
                                    topics.prefix() + "routing-decisions",
                                    "read_committed",
                                    record ->
                                            decisions.put(
                                                    new String(record.key(), UTF_8),
                                                    Json.read(
                                                            record.value(),
                                                            RoutingDecision.class)))) {
                for (int round = 0; round < ROUNDS; round++) {
                    flip(nextChange(), topics);
                    var event =
                            topics.publishEvent(
                                    organization, user, TriggerEvent.AINOTE.sample().bytes());
                    await("decision of round " + round)
                            .pollInterval(Duration.ofMillis(2))
                            .until(() -> reader.read() > 0 && decisions.containsKey(event));
                    var decision = decisions.get(event);
                    assertThat(decision.configRevision()).isEqualTo(revision);
                    assertThat(decision.decisions().getFirst().reason())
                            .as("seed %d, round %d", seed, round)
                            .isEqualTo(expected());
                    reasons.merge(expected(), 1, Integer::sum);
                }
            }
        }
        System.out.println("changes take effect: " + ROUNDS + " rounds, none stale: " + reasons);
        assertThat(decisions).hasSize(ROUNDS);
        assertThat(reasons.keySet()).containsExactlyInAnyOrder(Reason.values());
    }

    private Reason expected() {
        if (!triggered) {
            return Reason.OTHER_TRIGGER;
        } else if (!paid) {
            return Reason.PLAN;
        } else if (!active) {
            return Reason.INACTIVE;
        }
        return teamThere && inTeam ? Reason.MATCHED : Reason.OUT_OF_SCOPE;
    }

    /// Mostly what is wrong comes right before something else goes wrong, so that each change
    /// shows.
    private int nextChange() {
        var right = List.of(triggered, active, paid, teamThere, inTeam);
        return right.contains(false) && random.nextInt(4) > 0
                ? right.indexOf(false)
                : random.nextInt(5);
    }

    /// Makes one thing wrong, or right again.
    private void flip(int change, TopicProbe topics) {
        switch (change) {
            case 0 -> {
                triggered = !triggered;
                snapshot(topics);
            }
            case 1 -> {
                active = !active;
                snapshot(topics);
            }
            case 2 -> {
                paid = !paid;
                topics.put(
                        "directory.organizations",
                        organization,
                        new Organization(
                                organization, "Acme", paid ? Plan.ORGANIZATION : Plan.STARTUP));
            }
            case 3 -> {
                teamThere = !teamThere;
                topics.put(
                        "directory.teams",
                        team,
                        teamThere ? new Team(team, organization, "Sales") : null);
            }
            default -> {
                inTeam = !inTeam;
                topics.put(
                        "directory.members",
                        user,
                        new Member(
                                user,
                                organization,
                                null,
                                Member.Role.MEMBER,
                                inTeam ? Set.of(team) : Set.of()));
            }
        }
    }

    private void snapshot(TopicProbe topics) {
        var type = triggered ? "AINOTE" : "MEETING_BOOKED_VIA_SCHEDULER";
        topics.put(
                "webhook-config",
                organization,
                new OrganizationSnapshot(
                        organization,
                        ++revision,
                        Instant.EPOCH,
                        List.of(),
                        List.of(
                                new Subscription(
                                        webhook,
                                        type,
                                        "https://example.com/",
                                        active,
                                        Set.of(team),
                                        List.of()))));
    }
}
