package com.avoma.webhooks.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Events that a thousand webhooks want, in a process with 128 MiB of heap.
class LargeFanoutIT {
    private static final int WEBHOOKS = 1_000;
    private static final int EVENTS = Integer.getInteger("dispatcher.fanout.events", 100);
    private static final int LARGEST_BODY = 262_144;
    private static final int LARGEST_ALLOWED = 768 * 1024;

    private final TopicProbe topics = new TopicProbe();
    private final Map<String, Integer> jobsOfEvents = new HashMap<>();
    private final Set<String> messages = new HashSet<>();
    private final List<Integer> sizes = new ArrayList<>();
    private DispatcherProcess process;
    private long started;

    @BeforeEach
    void createsTopics() {
        topics.createTopics(6);
    }

    @AfterEach
    void stopsTheProcess() {
        process.close();
        topics.close();
    }

    @Test
    void makesAThousandJobsOfEachEventOfABatch() {
        var organization = organization(WEBHOOKS);
        for (int i = 0; i < EVENTS; i++) {
            publish("e-" + i, "u", organization, 300);
        }
        start();
        awaitJobs((long) EVENTS * WEBHOOKS, Duration.ofSeconds(240));
        assertThat(jobsOfEvents).hasSize(EVENTS).containsValue(WEBHOOKS);
        assertThat(Set.copyOf(jobsOfEvents.values())).containsExactly(WEBHOOKS);
        System.out.printf(
                "large fan-out: %d events to %d webhooks in %d ms after the start, heap 128 MiB%n",
                EVENTS, WEBHOOKS, elapsedMs());
    }

    @Test
    void makesAThousandJobsOfAnEventAtTheSizeLimit() {
        var organization = organization(WEBHOOKS);
        publish("e", "u", organization, LARGEST_BODY);
        start();
        awaitJobs(WEBHOOKS, Duration.ofSeconds(120));
        assertThat(sizes).allMatch(size -> size == LARGEST_BODY);
        System.out.printf(
                "large fan-out: %d bytes to %d webhooks in %d ms after the start, heap 128 MiB%n",
                LARGEST_BODY, WEBHOOKS, elapsedMs());
    }

    @Test
    void makesAJobOfTheLargestBodyWithTheLongestAttributes() {
        var organization = organization(1);
        publish("é".repeat(1024), "ü".repeat(1024), organization, LARGEST_ALLOWED);
        start("--webhooks.events.largest-body=" + LARGEST_ALLOWED);
        awaitJobs(1, Duration.ofSeconds(60));
        assertThat(sizes).containsExactly(LARGEST_ALLOWED);
    }

    private void start(String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"));
        started = System.nanoTime();
        process = DispatcherProcess.start("fanout", topics.prefix(), all.toArray(String[]::new));
    }

    private void awaitJobs(long count, Duration limit) {
        try (var jobs =
                new TopicReader(topics.prefix() + "delivery-jobs", "read_committed", this::take)) {
            await(count + " jobs")
                    .atMost(limit)
                    .until(() -> jobs.read() >= count || !process.isAlive());
            assertThat(process.isAlive()).as(process.log()).isTrue();
            assertThat(jobs.read()).isEqualTo(count);
            assertThat(messages).hasSize((int) count);
            assertThat(process.log()).doesNotContain("rolled_back");
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var event = JobRecord.text(record.headers(), JobRecord.EVENT_ID);
        jobsOfEvents.merge(String.valueOf(event), 1, Integer::sum);
        messages.add(JobRecord.text(record.headers(), JobRecord.MESSAGE_ID));
        sizes.add(record.serializedValueSize());
    }

    private long elapsedMs() {
        return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }

    private void publish(String id, String user, UUID organization, int size) {
        var begin = "{\"event_type\":\"AINOTE\",\"x\":\"";
        var body = begin + "x".repeat(size - begin.length() - 2) + "\"}";
        topics.publish(topics.event(id, "k", organization.toString(), user, body.getBytes(UTF_8)));
    }

    private UUID organization(int webhooks) {
        var organization = UUID.randomUUID();
        topics.put(
                "directory.organizations",
                organization,
                new Organization(organization, "Acme", Plan.ENTERPRISE));
        var list =
                IntStream.range(0, webhooks)
                        .mapToObj(i ->
                                new Subscription(
                                        UUID.randomUUID(),
                                        "AINOTE",
                                        "https://example.com/",
                                        true,
                                        Set.of(),
                                        List.of()))
                        .toList();
        topics.put(
                "webhook-config",
                organization,
                new OrganizationSnapshot(organization, 1, Instant.EPOCH, List.of(), list));
        return organization;
    }
}
