package com.avoma.webhooks.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every job and every decision once, as readers of committed records see them, whatever happens to
/// the processes: real ones, under steady publishing. The seed is printed; `-Ddispatcher.seed=…`
/// takes it again.
class ExactlyOnceIT {
    private static final int KILLS = Integer.getInteger("dispatcher.kills", 10);
    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration DRAIN = Duration.ofSeconds(300);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final long seed = Long.getLong("dispatcher.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final TopicProbe topics = new TopicProbe();
    private final Map<UUID, List<UUID>> matching = new HashMap<>();
    private final List<DispatcherProcess> processes = new ArrayList<>();
    private SteadyEvents events;

    @BeforeEach
    void publishesOrganizations() throws Exception {
        System.out.println("exactly once: seed " + seed);
        topics.createTopics(4);
        noticeKilledMembersSoon();
        for (int i = 0; i < 5; i++) {
            var organization = uuid();
            topics.put(
                    "directory.organizations",
                    organization,
                    new Organization(organization, "Acme", Plan.ENTERPRISE));
            var webhooks =
                    IntStream.range(0, 4)
                            .mapToObj(n ->
                                    webhook(n == 3 ? "MEETING_BOOKED_VIA_SCHEDULER" : "AINOTE"))
                            .toList();
            topics.put(
                    "webhook-config",
                    organization,
                    new OrganizationSnapshot(organization, 1, Instant.EPOCH, List.of(), webhooks));
            matching.put(
                    organization, webhooks.subList(0, 3).stream().map(Subscription::uuid).toList());
        }
        events = new SteadyEvents(topics, List.copyOf(matching.keySet()), random.split());
        events.start();
    }

    @AfterEach
    void stopsEverything() {
        events.close();
        processes.forEach(DispatcherProcess::close);
        topics.close();
    }

    @Test
    void survivesKillsInTheMiddleOfBatches() {
        try (var written = jobs("read_uncommitted", new ArrayList<>())) {
            for (int kill = 0; kill < KILLS; kill++) {
                long goal = written.read() + 1 + random.nextInt(1_500);
                var process = start("a");
                await("jobs of process " + kill)
                        .atMost(START)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> written.read() >= goal);
                process.kill();
            }
            start("a");
            var figures = awaitEveryEventOnce();
            long all = written.read();
            System.out.printf(
                    "exactly once: seed %d, %d kills, %s, %d jobs written and rolled back%n",
                    seed, KILLS, figures, all - figures.jobs());
            // or else nothing was killed in the middle of anything
            assertThat(all).isGreaterThan(figures.jobs());
        }
    }

    @Test
    void handsPartitionsOverAsInstancesComeAndGo() {
        var drains = new ArrayList<Duration>();
        var first = start("a");
        awaitJobsOfOneMore(first);
        for (int round = 0; round < 3; round++) {
            var second = start("b" + round);
            await("the second instance's share")
                    .atMost(START)
                    .until(() ->
                            second.log().contains("partitions=[" + topics.prefix())
                                    || !second.isAlive());
            awaitJobsOfOneMore(second);
            drains.add(round == 1 ? first.terminate() : second.terminate());
            first = round == 1 ? second : first;
        }
        var figures = awaitEveryEventOnce();
        System.out.printf(
                "exactly once: seed %d, instances came and went 3 times, %s, drained in %s%n",
                seed, figures, drains);
        assertThat(drains).allMatch(drain -> drain.compareTo(GRACE) < 0);
    }

    /// What came of the events.
    record Figures(int events, long jobs, long decisions) {
        @Override
        public String toString() {
            return "%d events, %d jobs, %d decisions".formatted(events, jobs, decisions);
        }
    }

    private Figures awaitEveryEventOnce() {
        events.close();
        var expected = new ArrayList<String>();
        var ids = new ArrayList<String>();
        for (var event : events.published()) {
            ids.add(event.id());
            matching.get(event.organization())
                    .forEach(w -> expected.add(MessageId.of(TopicProbe.SOURCE, event.id(), w)));
        }
        var decided = new ArrayList<String>();
        var messages = new ArrayList<String>();
        try (var decisions =
                        new TopicReader(
                                topics.prefix() + "routing-decisions",
                                "read_committed",
                                record -> decided.add(new String(record.key(), UTF_8)));
                var jobs = jobs("read_committed", messages)) {
            await("all events")
                    .atMost(DRAIN)
                    .until(() -> decisions.read() >= ids.size() && jobs.read() >= expected.size());
            // what would come twice would come now
            processes.forEach(DispatcherProcess::terminate);
            var figures = new Figures(ids.size(), jobs.read(), decisions.read());
            assertThat(faults(decided, ids)).as("decisions, seed %d", seed).isEmpty();
            assertThat(faults(messages, expected)).as("jobs, seed %d", seed).isEmpty();
            return figures;
        }
    }

    /// What is there more or less often than it should be, and by how much. In one pass: an
    /// assertion in any order takes the square of the number.
    private static Map<String, Integer> faults(List<String> there, List<String> expected) {
        Map<String, Integer> faults = new HashMap<>();
        there.forEach(id -> faults.merge(id, 1, Integer::sum));
        expected.forEach(id -> faults.merge(id, -1, Integer::sum));
        faults.values().removeIf(difference -> difference == 0);
        return faults;
    }

    private void awaitJobsOfOneMore(DispatcherProcess process) {
        try (var jobs = jobs("read_committed", new ArrayList<>())) {
            long before = jobs.read();
            await("jobs").atMost(START).until(() -> jobs.read() > before + 500);
        }
        assertThat(process.isAlive()).isTrue();
    }

    private TopicReader jobs(String isolation, List<String> messages) {
        return new TopicReader(
                topics.prefix() + "delivery-jobs",
                isolation,
                record -> messages.add(JobRecord.text(record.headers(), JobRecord.MESSAGE_ID)));
    }

    private DispatcherProcess start(String instance) {
        var process =
                DispatcherProcess.start(
                        instance,
                        topics.prefix(),
                        "--webhooks.dispatcher.transaction-records=1200");
        processes.add(process);
        return process;
    }

    /// A member that was killed holds its partitions until its session ends.
    private void noticeKilledMembersSoon() throws Exception {
        var group =
                new ConfigResource(
                        ConfigResource.Type.GROUP, topics.prefix() + "dispatcher-service");
        try (var admin = TestBroker.admin()) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    group,
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(
                                                            "consumer.session.timeout.ms", "5000"),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private Subscription webhook(String type) {
        return new Subscription(uuid(), type, "https://example.com/", true, Set.of(), List.of());
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
