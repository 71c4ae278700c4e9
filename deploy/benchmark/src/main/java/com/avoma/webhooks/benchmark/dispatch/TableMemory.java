package com.avoma.webhooks.benchmark.dispatch;

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
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/// What the routing table takes in memory and a match in time, as organizations grow in number:
/// five webhooks each, every other one for a team, and ten members in two teams. `java -Xmx1g -cp …
/// TableMemory [organizations]`.
public final class TableMemory {
    private static final int WEBHOOKS = 5;
    private static final int MEMBERS = 10;
    private static final int MATCHES = 1_000_000;
    private static final TriggerEvent[] TYPES = TriggerEvent.values();

    private final SplittableRandom random = new SplittableRandom(7);

    private TableMemory() {}

    public static void main(String[] words) {
        int largest = words.length > 0 ? Integer.parseInt(words[0]) : 100_000;
        new TableMemory().measure(1_000); // warms up
        for (int organizations : List.of(1, 1_000, largest)) {
            new TableMemory().measure(organizations);
        }
    }

    private void measure(int organizations) {
        long empty = used();
        var directory = new Directory();
        var table = new RoutingTable(directory);
        for (int i = 0; i < organizations; i++) {
            table.putPlan(organization(i), Plan.ENTERPRISE);
            table.put(snapshot(i));
        }
        long routes = used() - empty;
        for (int i = 0; i < organizations; i++) {
            fill(directory, i);
        }
        long members = used() - empty - routes;
        System.out.printf(
                "%,d organizations: %,d MiB, %d bytes a webhook; directory %,d MiB, %d bytes a"
                        + " member; %.0f ns a match%n",
                organizations,
                (routes + members) >> 20,
                routes / organizations / WEBHOOKS,
                members >> 20,
                members / organizations / MEMBERS,
                match(table, organizations));
    }

    private double match(RoutingTable table, int organizations) {
        List<MeetingEvent> events = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int organization = random.nextInt(organizations);
            events.add(
                    new MeetingEvent(
                            "e",
                            "/s",
                            TYPES[i % TYPES.length],
                            Instant.EPOCH,
                            organization(organization),
                            member(organization, i % MEMBERS).toString(),
                            null,
                            Payload.of("{}")));
        }
        long verdicts = 0;
        long begun = 0;
        for (int i = -MATCHES; i < MATCHES; i++) {
            if (i == 0) {
                begun = System.nanoTime();
            }
            verdicts += table.match(events.get(Math.floorMod(i, events.size()))).verdicts().size();
        }
        double nanos = System.nanoTime() - begun;
        if (verdicts != 2L * MATCHES * WEBHOOKS) {
            throw new IllegalStateException("verdicts: " + verdicts);
        }
        return nanos / MATCHES;
    }

    private OrganizationSnapshot snapshot(int organization) {
        List<Subscription> webhooks = new ArrayList<>();
        for (int i = 0; i < WEBHOOKS; i++) {
            webhooks.add(
                    new Subscription(
                            new UUID(random.nextLong(), random.nextLong()),
                            TYPES[i % TYPES.length].name(),
                            "https://hooks.example.com/organizations/" + organization + "/" + i,
                            true,
                            i % 2 == 0 ? Set.of() : Set.of(team(organization, 0)),
                            List.of()));
        }
        return new OrganizationSnapshot(
                organization(organization), 1, Instant.EPOCH, List.of(), webhooks);
    }

    private static void fill(Directory directory, int organization) {
        for (int i = 0; i < 2; i++) {
            directory.put(new Team(team(organization, i), organization(organization), "Team " + i));
        }
        for (int i = 0; i < MEMBERS; i++) {
            directory.put(
                    new Member(
                            member(organization, i),
                            organization(organization),
                            "member" + i + "@example.com",
                            Member.Role.MEMBER,
                            Set.of(team(organization, i % 2))));
        }
    }

    private static UUID organization(int number) {
        return Uuids.of(1, number, 0);
    }

    private static UUID team(int organization, int number) {
        return Uuids.of(2, organization, number);
    }

    private static UUID member(int organization, int number) {
        return Uuids.of(3, organization, number);
    }

    /// What is reachable.
    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        System.gc();
        System.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
