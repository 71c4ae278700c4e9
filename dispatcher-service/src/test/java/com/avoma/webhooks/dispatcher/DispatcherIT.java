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
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.testing.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The service on a real broker, seen from its topics.
class DispatcherIT {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private static TopicProbe topics;
    private static ConfigurableApplicationContext service;

    private final UUID organization = UUID.randomUUID();
    private final UUID team = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();

    @BeforeAll
    static void startsTheService() {
        topics = new TopicProbe();
        service =
                new SpringApplication(DispatcherApplication.class)
                        .run(
                                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                                "--webhooks.topics.prefix=" + topics.prefix(),
                                "--webhooks.topics.partitions=3",
                                "--management.server.port=0");
    }

    @AfterAll
    static void stopsTheService() {
        if (service != null) {
            service.close();
        }
        topics.close();
    }

    @BeforeEach
    void publishesTheDirectory() {
        topics.put(
                "directory.organizations",
                organization,
                new Organization(organization, "Acme", Plan.ORGANIZATION));
        topics.put("directory.teams", team, new Team(team, organization, "Sales"));
        topics.put(
                "directory.members",
                user,
                new Member(user, organization, "a@example.com", Member.Role.ADMIN, Set.of(team)));
    }

    @Test
    void putsOneJobForEachMatchAndOneDecisionOnKafka() {
        var all = webhook("AINOTE", true);
        var ofTeam = webhook("AINOTE", true, team);
        var other = webhook("MEETING_BOOKED_VIA_SCHEDULER", true);
        var off = webhook("AINOTE", false);
        var elsewhere = webhook("AINOTE", true, UUID.randomUUID());
        snapshot(3, all, ofTeam, other, off, elsewhere);

        var event = topics.publishEvent(organization, user, TriggerEvent.AINOTE.sample().bytes());

        var jobs =
                topics.await(
                        "delivery-jobs",
                        2,
                        record -> of(record, JobRecord.ORGANIZATION, organization));
        assertThat(jobs)
                .extracting(JobRecord::read)
                .containsExactlyInAnyOrder(job(event, all), job(event, ofTeam));
        var decision =
                Json.read(
                        topics.await(
                                        "routing-decisions",
                                        1,
                                        record -> key(record.key()).equals(event))
                                .getFirst()
                                .value(),
                        RoutingDecision.class);
        assertThat(decision.configRevision()).isEqualTo(3);
        assertThat(decision.userTeams()).containsExactly(team);
        assertThat(decision.event().topic()).isEqualTo(topics.prefix() + "meeting-events");
        assertThat(decision.decisions())
                .containsExactly(
                        decision(event, all, Reason.MATCHED),
                        decision(event, ofTeam, Reason.MATCHED),
                        decision(event, other, Reason.OTHER_TRIGGER),
                        decision(event, off, Reason.INACTIVE),
                        decision(event, elsewhere, Reason.OUT_OF_SCOPE));
    }

    @Test
    void judgesEachEventUnderTheChangesPublishedBeforeIt() {
        var webhook = webhook("AINOTE", true);
        var events = new ArrayList<String>();
        int rounds = 50;
        for (int round = 1; round <= rounds; round++) {
            // odd revisions have the webhook, even ones do not
            if (round % 2 == 1) {
                snapshot(round, webhook);
            } else {
                snapshot(round, webhook("MEETING_BOOKED_VIA_SCHEDULER", true));
            }
            events.add(
                    topics.publishEvent(organization, user, TriggerEvent.AINOTE.sample().bytes()));
        }
        var decisions =
                topics.await(
                        "routing-decisions", rounds, record -> events.contains(key(record.key())));
        for (var record : decisions) {
            var decision = Json.read(record.value(), RoutingDecision.class);
            int round = events.indexOf(decision.eventId()) + 1;
            // a later change may have been there already, an earlier state never
            assertThat(decision.configRevision()).isGreaterThanOrEqualTo(round);
            assertThat(decision.decisions())
                    .as("revision %s", decision.configRevision())
                    .singleElement()
                    .extracting(RoutingDecision.Decision::reason)
                    .isEqualTo(
                            decision.configRevision() % 2 == 1
                                    ? Reason.MATCHED
                                    : Reason.OTHER_TRIGGER);
        }
    }

    @Test
    void setsAsideWhatCannotBeRoutedAndGoesOn() {
        var webhook = webhook("AINOTE", true);
        snapshot(1, webhook);
        var marker = UUID.randomUUID().toString();
        topics.publish(record(marker, "{\"event_type\":\"AINOTE\""));
        var event = topics.publishEvent(organization, user, TriggerEvent.AINOTE.sample().bytes());

        topics.await("delivery-jobs", 1, record -> of(record, JobRecord.EVENT_ID, event));
        var dead =
                topics.await(
                                "meeting-events-dead-letters",
                                1,
                                record -> key(record.key()).equals(marker))
                        .getFirst();
        assertThat(new String(dead.value(), UTF_8)).isEqualTo("{\"event_type\":\"AINOTE\"");
        assertThat(JobRecord.text(dead.headers(), "ce_id")).isEqualTo("x-1");
        assertThat(JobRecord.text(dead.headers(), "webhooks-reason")).isEqualTo("invalid_body");
        assertThat(JobRecord.text(dead.headers(), "webhooks-detail"))
                .contains("not one JSON object");
        assertThat(counter("dead_lettered")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void setsAsideARecordAsLargeAsTheBrokerTakes() {
        var marker = UUID.randomUUID().toString();
        var body = "{\"event_type\":\"AINOTE\",\"x\":\"" + "x".repeat(1_047_000) + "\"}";
        topics.publish(record(marker, body));
        var dead =
                topics.await(
                                "meeting-events-dead-letters",
                                1,
                                record -> key(record.key()).equals(marker))
                        .getFirst();
        assertThat(JobRecord.text(dead.headers(), "webhooks-reason")).isEqualTo("too_large");
        assertThat(dead.value()).hasSize(body.length());
    }

    @Test
    void routesNothingForAPlanWithoutWebhooks() {
        snapshot(1, webhook("AINOTE", true));
        topics.put(
                "directory.organizations",
                organization,
                new Organization(organization, "Acme", Plan.STARTUP));
        var event = topics.publishEvent(organization, user, TriggerEvent.AINOTE.sample().bytes());
        var decision =
                topics.await("routing-decisions", 1, record -> key(record.key()).equals(event))
                        .getFirst();
        assertThat(Json.read(decision.value(), RoutingDecision.class).decisions())
                .singleElement()
                .extracting(RoutingDecision.Decision::reason)
                .isEqualTo(Reason.PLAN);
    }

    @Test
    void makesNoRecordOfAnEventNobodyCouldGet() {
        double before = counter("unmatched");
        var event = topics.publishEvent(organization, user, TriggerEvent.AINOTE.sample().bytes());
        await().until(() -> counter("unmatched") > before);
        snapshot(1, webhook("AINOTE", true));
        var next = topics.publishEvent(organization, user, TriggerEvent.AINOTE.sample().bytes());
        topics.await("routing-decisions", 1, record -> key(record.key()).equals(next));
        assertThat(topics.all("routing-decisions"))
                .noneMatch(record -> key(record.key()).equals(event));
    }

    private double counter(String outcome) {
        return service.getBean(MeterRegistry.class)
                .get("webhooks.events")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private ProducerRecord<byte[], byte[]> record(String key, String body) {
        return topics.event(
                "x-1", key, organization.toString(), user.toString(), body.getBytes(UTF_8));
    }

    private void snapshot(long revision, Subscription... webhooks) {
        topics.put(
                "webhook-config",
                organization,
                new OrganizationSnapshot(
                        organization, revision, NOW, List.of(), List.of(webhooks)));
    }

    private static Subscription webhook(String type, boolean active, UUID... teams) {
        return new Subscription(
                UUID.randomUUID(), type, "https://example.com/", active, Set.of(teams), List.of());
    }

    private DeliveryJob job(String event, Subscription webhook) {
        return new DeliveryJob(
                MessageId.of(TopicProbe.SOURCE, event, webhook.uuid()),
                organization,
                webhook.uuid(),
                3,
                event,
                TopicProbe.SOURCE,
                "AINOTE",
                TopicProbe.TIME,
                user.toString(),
                1,
                null,
                DeliveryJob.Origin.EVENT,
                null,
                TriggerEvent.AINOTE.sample());
    }

    private static RoutingDecision.Decision decision(
            String event, Subscription webhook, Reason reason) {
        boolean matched = reason == Reason.MATCHED;
        return new RoutingDecision.Decision(
                webhook.uuid(),
                matched,
                reason,
                matched ? MessageId.of(TopicProbe.SOURCE, event, webhook.uuid()) : null);
    }

    private static boolean of(ConsumerRecord<byte[], byte[]> record, String header, Object value) {
        return value.toString().equals(JobRecord.text(record.headers(), header));
    }

    private static String key(byte[] key) {
        return new String(key, UTF_8);
    }
}
