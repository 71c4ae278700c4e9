package com.avoma.webhooks.dispatcher.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.common.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/// Changes and events in any order: the table decides as an oracle does that knows nothing but the
/// list of all changes so far. The seed is printed; `-Ddispatcher.seed=…` takes it again.
class RoutingTablePropertyTest {
    private static final int HISTORIES = 300;
    private static final int STEPS = 200;
    private static final Topics TOPICS = new Topics("");

    private final long seed = Long.getLong("dispatcher.seed", System.nanoTime());
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);

    @Test
    void decidesAsTheOracleDoes() {
        System.out.println("routing against the oracle: seed " + seed);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < HISTORIES; i++) {
            new History(random.split()).play(i);
        }
        System.out.println("routing against the oracle: " + reasons);
        // a generator that never gets somewhere shows nothing about it
        assertThat(reasons.keySet()).containsExactlyInAnyOrder(Reason.values());
        assertThat(reasons.values()).allMatch(count -> count > 500);
    }

    /// One change: what was published last under a topic and key is what holds.
    record Change(String topic, UUID key, Object value) {}

    private final class History {
        private final SplittableRandom random;
        private final List<Change> changes = new ArrayList<>();
        private final RoutingTable table;
        private final RoutingTableListener listener;
        private final List<UUID> organizations = uuids(1, 3);
        private final List<UUID> teams = uuids(2, 5);
        private final List<UUID> users = uuids(3, 5);
        private final List<UUID> webhooks = uuids(4, 6);

        History(SplittableRandom random) {
            this.random = random;
            var directory = new Directory();
            table = new RoutingTable(directory);
            listener = new RoutingTableListener(TOPICS, table, directory, _ -> {});
        }

        void play(int number) {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(3) > 0) {
                    change();
                } else {
                    var event = event();
                    var routing = table.match(event);
                    var expected = Oracle.verdicts(changes, event);
                    assertThat(routing.verdicts())
                            .as("seed %d, history %d, step %d", seed, number, step)
                            .isEqualTo(expected);
                    expected.forEach(v -> reasons.merge(v.reason(), 1, Integer::sum));
                }
            }
        }

        private void change() {
            boolean gone = random.nextInt(12) == 0;
            switch (random.nextInt(7)) {
                case 0 -> {
                    var uuid = any(organizations);
                    publish(
                            TOPICS.organizations(),
                            uuid,
                            gone ? null : new Organization(uuid, "o", any(List.of(Plan.values()))));
                }
                case 1 -> {
                    var uuid = any(teams);
                    publish(
                            TOPICS.teams(),
                            uuid,
                            gone ? null : new Team(uuid, any(organizations), "t"));
                }
                case 2, 3 -> {
                    var uuid = any(users);
                    publish(TOPICS.members(), uuid, gone ? null : member(uuid));
                }
                default -> {
                    var uuid = any(organizations);
                    publish(TOPICS.webhookConfig(), uuid, gone ? null : snapshot(uuid));
                }
            }
        }

        private void publish(String topic, UUID key, Object value) {
            changes.add(new Change(topic, key, value));
            listener.accept(
                    new ConsumerRecord<>(
                            topic,
                            0,
                            changes.size(),
                            key.toString().getBytes(UTF_8),
                            value == null ? null : Json.write(value)));
        }

        private Member member(UUID uuid) {
            var of = random.nextInt(8) == 0 ? null : some(teams);
            return new Member(uuid, any(organizations), "a@b.c", Member.Role.MEMBER, of);
        }

        private OrganizationSnapshot snapshot(UUID organization) {
            var some = new ArrayList<Subscription>();
            for (var webhook : webhooks.subList(0, random.nextInt(webhooks.size() + 1))) {
                some.add(
                        new Subscription(
                                webhook,
                                random.nextInt(10) == 0 ? "LATER_TRIGGER" : anyType().name(),
                                "https://example.com/",
                                random.nextInt(5) > 0,
                                random.nextBoolean() ? Set.of() : some(teams),
                                List.of()));
            }
            // mostly the next revision, now and then one that comes late
            long revision = Math.max(0, changes.size() - (random.nextInt(6) == 0 ? 20 : 0));
            return new OrganizationSnapshot(organization, revision, Instant.EPOCH, List.of(), some);
        }

        private MeetingEvent event() {
            var user = random.nextInt(8) == 0 ? "nobody" : any(users).toString();
            return new MeetingEvent(
                    "e",
                    "/s",
                    anyType(),
                    Instant.EPOCH,
                    any(organizations),
                    user,
                    null,
                    Payload.of("{}"));
        }

        private TriggerEvent anyType() {
            // mostly the same two, or else nearly nothing would match
            var types = List.of(TriggerEvent.values());
            return random.nextInt(6) == 0 ? any(types) : any(types.subList(0, 2));
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private Set<UUID> some(List<UUID> list) {
            var some = new HashSet<UUID>();
            for (int i = random.nextInt(4); i > 0; i--) {
                some.add(any(list));
            }
            return some;
        }

        private static List<UUID> uuids(int kind, int count) {
            return IntStream.range(0, count).mapToObj(i -> new UUID(kind, i)).toList();
        }
    }

    /// Goes through the whole list for every question.
    private static final class Oracle {
        static List<Routing.Verdict> verdicts(List<Change> changes, MeetingEvent event) {
            var verdicts = new ArrayList<Routing.Verdict>();
            var snapshot = snapshot(changes, event.organizationId());
            if (snapshot == null) {
                return verdicts;
            }
            for (var webhook : snapshot.webhooks()) {
                verdicts.add(new Routing.Verdict(webhook.uuid(), reason(changes, event, webhook)));
            }
            return verdicts;
        }

        private static Reason reason(
                List<Change> changes, MeetingEvent event, Subscription webhook) {
            if (!webhook.eventType().equals(event.type().toString())) {
                return Reason.OTHER_TRIGGER;
            }
            var organization =
                    (Organization) last(changes, "directory.organizations", event.organizationId());
            if (organization == null || organization.plan() == Plan.STARTUP) {
                return Reason.PLAN;
            }
            if (!webhook.active()) {
                return Reason.INACTIVE;
            }
            if (webhook.teamUuids().isEmpty()) {
                return Reason.MATCHED;
            }
            for (var team : webhook.teamUuids()) {
                if (isIn(changes, event, team)) {
                    return Reason.MATCHED;
                }
            }
            return Reason.OUT_OF_SCOPE;
        }

        private static boolean isIn(List<Change> changes, MeetingEvent event, UUID uuid) {
            if (event.userId().equals("nobody")) {
                return false;
            }
            var member =
                    (Member) last(changes, "directory.members", UUID.fromString(event.userId()));
            var team = (Team) last(changes, "directory.teams", uuid);
            return member != null
                    && member.teamUuids() != null
                    && member.teamUuids().contains(uuid)
                    && team != null
                    && member.organizationUuid().equals(event.organizationId())
                    && team.organizationUuid().equals(event.organizationId());
        }

        private static Object last(List<Change> changes, String topic, UUID key) {
            Object last = null;
            for (var change : changes) {
                if (change.topic().equals(topic) && change.key().equals(key)) {
                    last = change.value();
                }
            }
            return last;
        }

        /// The one of the largest revision since the last tombstone; of two the later.
        private static OrganizationSnapshot snapshot(List<Change> changes, UUID organization) {
            OrganizationSnapshot best = null;
            for (var change : changes) {
                if (change.topic().equals("webhook-config") && change.key().equals(organization)) {
                    var next = (OrganizationSnapshot) change.value();
                    if (next == null || best == null || next.revision() >= best.revision()) {
                        best = next;
                    }
                }
            }
            return best;
        }
    }
}
