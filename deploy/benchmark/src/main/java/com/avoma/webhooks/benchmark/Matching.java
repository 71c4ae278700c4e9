package com.avoma.webhooks.benchmark;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.dispatcher.routing.Directory;
import com.avoma.webhooks.dispatcher.routing.RoutingTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One event against the webhooks of its organization, of which there are so many: five webhooks
/// each, every other one for a team that the user is in. Organizations are asked for in no order.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Matching {
    private static final int WEBHOOKS = 5;
    private static final int EVENTS = 1 << 16;

    @Param({"1", "1000", "100000"})
    private int organizations;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Directory directory = new Directory();
    private final RoutingTable table = new RoutingTable(directory);
    private final MeetingEvent[] events = new MeetingEvent[EVENTS];
    private int next;

    @Setup
    public void fill() {
        List<UUID> uuids = new ArrayList<>();
        List<UUID> users = new ArrayList<>();
        for (int i = 0; i < organizations; i++) {
            uuids.add(uuid());
            users.add(uuid());
            add(uuids.getLast(), users.getLast());
        }
        for (int i = 0; i < EVENTS; i++) {
            int organization = random.nextInt(organizations);
            events[i] = event(uuids.get(organization), users.get(organization));
        }
    }

    @Benchmark
    public Object match() {
        next = (next + 1) & (EVENTS - 1);
        return table.match(events[next]);
    }

    private void add(UUID organization, UUID user) {
        var team = uuid();
        directory.put(new Team(team, organization, "Sales"));
        directory.put(
                new Member(user, organization, "a@example.com", Member.Role.MEMBER, Set.of(team)));
        table.putPlan(organization, Plan.ENTERPRISE);
        List<Subscription> webhooks = new ArrayList<>();
        for (int i = 0; i < WEBHOOKS; i++) {
            webhooks.add(
                    new Subscription(
                            uuid(),
                            TriggerEvent.AINOTE.name(),
                            "https://example.com/",
                            true,
                            i % 2 == 0 ? Set.of() : Set.of(team),
                            List.of()));
        }
        table.put(new OrganizationSnapshot(organization, 1, Instant.EPOCH, List.of(), webhooks));
    }

    private static MeetingEvent event(UUID organization, UUID user) {
        return new MeetingEvent(
                "e",
                "/meetings",
                TriggerEvent.AINOTE,
                Instant.EPOCH,
                organization,
                user.toString(),
                null,
                Payload.of("{}"));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
