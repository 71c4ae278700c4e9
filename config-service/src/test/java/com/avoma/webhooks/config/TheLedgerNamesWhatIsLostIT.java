package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Promise 1, seen from the log.
class TheLedgerNamesWhatIsLostIT {
    private static final Instant EARLIER =
            Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS);

    /// The organization that the console's login is of.
    private static final UUID CONSOLES = UUID.randomUUID();

    private static RunningService service;
    private static LogTopics topics;

    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final UUID webhook = UUID.randomUUID();
    private int offset;

    @BeforeAll
    static void start() {
        service =
                RunningService.start(
                        RunningService.Parts.fresh(),
                        "--webhooks.ledger.interval=500ms",
                        "--webhooks.ledger.slack=2s",
                        "--spring.profiles.active=quickstart",
                        "--webhooks.console.username=admin",
                        "--webhooks.console.password=correct",
                        "--webhooks.console.organization=" + CONSOLES);
        topics = new LogTopics(service.prefix);
        topics.make("delivery-jobs", "delivery-deferred", "delivery-retry-2");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void namesADeliveryWhoseJobIsNowhereAndNoneWhoseJobWaits() {
        var lost = decision("lost");
        var waiting = decision("waiting");
        var done = decision("done");
        var young = LogScenario.decision(acme.uuid(), webhook, "young", far(), place());
        var retried = decision("retried");
        var deferred = decision("deferred");
        topics.publish(
                List.of(
                        job("delivery-jobs", waiting),
                        job("delivery-retry-2", retried),
                        job("delivery-deferred", deferred)));
        topics.publish(
                List.of(
                        topics.of(lost),
                        topics.of(waiting),
                        topics.of(retried),
                        topics.of(deferred),
                        topics.of(young),
                        topics.of(done),
                        topics.of(attempt(done, Verdict.DELIVERED))));

        await().atMost(Duration.ofSeconds(60)).until(() -> total("unaccounted") == 1);
        var ledger = service.get(acme.admin(), "/v1/ledger/").json();
        assertThat(ledger.path("unaccounted")).hasSize(1);
        var named = ledger.path("unaccounted").get(0);
        assertThat(named.path("event_id").asString()).isEqualTo("lost");
        assertThat(named.path("id").asString()).isEqualTo(id(lost));
        assertThat(named.path("detail").asString()).contains("no job of it waits");
        assertThat(total("accepted")).isEqualTo(6);
        assertThat(total("delivered")).isEqualTo(1);
        assertThat(total("pending")).isEqualTo(4);
        assertThat(total("difference")).isZero();
        await().atMost(Duration.ofSeconds(60)).until(() -> gauge() == 1);

        // it turns up
        topics.publish(List.of(topics.of(attempt(lost, Verdict.DELIVERED))));

        await().atMost(Duration.ofSeconds(60)).until(() -> total("unaccounted") == 0);
        assertThat(total("delivered")).isEqualTo(2);
        assertThat(total("difference")).isZero();
        await().atMost(Duration.ofSeconds(60)).until(() -> gauge() == 0);
    }

    @Test
    void namesADeliveryThatNobodyDecidedOn() {
        var lost = decision("undecided");
        topics.publish(List.of(topics.of(attempt(lost, Verdict.DELIVERED))));

        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        service.get(acme.admin(), "/v1/ledger/").json().path("unaccounted").size()
                                == 1);
        assertThat(total("unexpected")).isEqualTo(1);
        assertThat(total("difference")).isZero();

        topics.publish(List.of(topics.of(lost)));

        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        service.get(acme.admin(), "/v1/ledger/")
                                        .json()
                                        .path("unaccounted")
                                        .isEmpty()
                                && total("unexpected") == 0);
        assertThat(total("accepted")).isEqualTo(1);
        assertThat(total("delivered")).isEqualTo(1);
    }

    @Test
    void showsItToPeopleToo() throws Exception {
        var organization = new TestOrganization(service, CONSOLES, UUID.randomUUID());
        organization.becomes(Plan.ENTERPRISE);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.get(organization.admin(), "/v1/webhooks/").status() == 200);
        var named = organization.webhook("AINOTE", "https://example.com/").text("uuid");
        var console = new ConsoleSession(service.address());
        console.signIn("admin", "correct");
        assertThat(console.get("/console/ledger").body()).contains("There was no event yet");

        var lost =
                LogScenario.decision(
                        CONSOLES, UUID.fromString(named), "lost <1>", EARLIER, place());
        topics.publish(List.of(topics.of(lost)));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> console.get("/console/ledger").body().contains("no job of it waits"));
        assertThat(console.get("/console/ledger").body())
                .contains(
                        "Something is missing", "lost &lt;1&gt;", "/console/deliveries/" + id(lost))
                .contains("data-label=\"Unaccounted\">1<", "data-label=\"Pending\">0<")
                .doesNotContain("a deleted webhook");
    }

    private RoutingDecision decision(String event) {
        return LogScenario.decision(acme.uuid(), webhook, event, EARLIER, place());
    }

    private static Instant far() {
        return Instant.now().plus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.MICROS);
    }

    private Position place() {
        return new Position(
                service.prefix + "meeting-events", 0, acme.uuid().hashCode() + offset++);
    }

    private static String id(RoutingDecision decision) {
        return String.valueOf(decision.decisions().getFirst().messageId());
    }

    private ProducerRecord<byte[], byte[]> job(String topic, RoutingDecision decision) {
        return JobRecord.of(
                service.prefix + topic,
                new DeliveryJob(
                        id(decision),
                        acme.uuid(),
                        webhook,
                        1,
                        decision.eventId(),
                        decision.eventSource(),
                        decision.eventType(),
                        decision.time(),
                        decision.userUuid(),
                        1,
                        null,
                        DeliveryJob.Origin.EVENT,
                        null,
                        Payload.of("{}")));
    }

    private AttemptRecord attempt(RoutingDecision decision, Verdict verdict) {
        return new AttemptRecord(
                id(decision),
                acme.uuid(),
                webhook,
                decision.eventId(),
                decision.eventSource(),
                decision.eventType(),
                decision.time(),
                1,
                decision.time().plusMillis(30),
                AttemptRecord.Outcome.DELIVERED,
                200,
                null,
                null,
                12,
                null,
                "ok",
                "https://example.com/",
                false,
                false,
                null,
                verdict,
                null,
                null,
                place());
    }

    private long total(String field) {
        return service.get(acme.admin(), "/v1/ledger/").json().path("total").path(field).asLong();
    }

    private static double gauge() {
        var metrics =
                service.call(
                                "GET",
                                null,
                                service.managementAddress() + "/actuator/prometheus",
                                null)
                        .raw()
                        .body();
        return metrics.lines()
                .filter(line -> line.startsWith("webhooks_unaccounted_deliveries "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElse(Double.NaN);
    }
}
