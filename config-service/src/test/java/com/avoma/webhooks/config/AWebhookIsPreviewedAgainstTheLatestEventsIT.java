package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AWebhookIsPreviewedAgainstTheLatestEventsIT {
    private static final String NEW = "/v1/webhooks/match-preview/";
    private static final AtomicLong OFFSETS = new AtomicLong();

    private final RunningService service = RunningService.shared();
    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final Instant noon = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);

    @Test
    void saysOfEachEventWhetherANewWebhookWouldGetIt() {
        decided("in-scope", "AINOTE", 0, acme.team());
        decided("out-of-scope", "AINOTE", 1);
        decided("another", "MEETING_BOOKED_VIA_SCHEDULER", 2, acme.team());
        awaitEvents(3);

        var answer =
                service.post(
                        acme.admin(),
                        NEW,
                        "{\"event_type\":\"AINOTE\",\"teams\":[\"%s\"]}".formatted(acme.team()));

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.raw().body())
                .isEqualTo(
                        """
                        {"events":3,"matched":1,"decisions":[\
                        {"event_id":"another","time":"%s","matched":false,"reason":"other_trigger"},\
                        {"event_id":"out-of-scope","time":"%s","matched":false,"reason":"out_of_scope"},\
                        {"event_id":"in-scope","time":"%s","matched":true,"reason":"matched"}]}\
                        """
                                .formatted(noon.plusSeconds(2), noon.plusSeconds(1), noon));
    }

    @Test
    void takesAWebhookAsItIsWithWhatIsEdited() {
        var uuid = acme.webhook("AINOTE", "https://example.com/").text("uuid");
        var path = "/v1/webhooks/" + uuid + "/match-preview/";
        decided("a", "AINOTE", 0);
        awaitEvents(1);

        assertThat(matched(path, null)).isEqualTo(1);
        assertThat(matched(path, "{\"teams\":[\"%s\"]}".formatted(acme.team()))).isZero();
        assertThat(matched(path, "{\"event_type\":\"MEETING_BOOKED_VIA_SCHEDULER\"}")).isZero();
        assertThat(matched(path, "{\"is_active\":false}")).isZero();
        // nothing was changed
        assertThat(matched(path, "{\"name\":\"B\"}")).isEqualTo(1);
        assertThat(service.get(acme.admin(), "/v1/webhooks/" + uuid + "/").text("name"))
                .isNotEqualTo("B");
    }

    @Test
    void looksAtTheLatestHundredOfTheOrganizationOnly() {
        var other = TestOrganization.of(service, Plan.ENTERPRISE);
        for (int i = 0; i < 102; i++) {
            decided("e" + i, "AINOTE", i);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    var first = service.post(acme.admin(), NEW, "{\"event_type\":\"AINOTE\"}");
                    return "e101"
                                    .equals(
                                            first.json()
                                                    .path("decisions")
                                                    .path(0)
                                                    .path("event_id")
                                                    .asString())
                            && first.json().path("events").asInt() == 100;
                });

        var others = service.post(other.admin(), NEW, "{\"event_type\":\"AINOTE\"}").json();
        assertThat(others.path("events").asInt()).isZero();
        assertThat(others.path("decisions").isEmpty()).isTrue();
    }

    @Test
    void saysThatThePlanHasNone() {
        decided("a", "AINOTE", 0);
        awaitEvents(1);
        acme.becomes(Plan.STARTUP);

        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        "plan"
                                .equals(
                                        service.post(
                                                        acme.admin(),
                                                        NEW,
                                                        "{\"event_type\":\"AINOTE\"}")
                                                .json()
                                                .path("decisions")
                                                .path(0)
                                                .path("reason")
                                                .asString()));
    }

    @Test
    void refusesWhatAWebhookCannotBe() {
        var other = TestOrganization.of(service, Plan.ENTERPRISE);
        var uuid = acme.webhook("AINOTE", "https://example.com/").text("uuid");
        var path = "/v1/webhooks/" + uuid + "/match-preview/";

        assertField(NEW, "{}", "event_type");
        assertField(NEW, "{\"event_type\":\"NOPE\"}", "event_type");
        assertField(NEW, "{\"event_type\":\"AINOTE\",\"team\":[]}", "team");
        assertField(
                NEW,
                "{\"event_type\":\"AINOTE\",\"teams\":[\"%s\"]}".formatted(other.team()),
                "teams");
        assertField(path, "{\"target_url\":\"http://example.com/\"}", "target_url");
        assertField(path, "{\"teams\":[7]}", "teams[0]");
        assertThat(service.post(other.admin(), path, "{}").status()).isEqualTo(404);
        assertThat(service.post(acme.member(), path, "{}").status()).isEqualTo(403);
        assertThat(service.post(acme.member(), NEW, "{}").status()).isEqualTo(403);
        assertThat(
                        service.post(
                                        acme.admin(),
                                        "/v1/webhooks/" + UUID.randomUUID() + "/match-preview/",
                                        "{}")
                                .status())
                .isEqualTo(404);
    }

    private void assertField(String path, String body, String field) {
        var answer = service.post(acme.admin(), path, body);
        assertThat(answer.status()).as("%s %s", body, answer).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    private int matched(String path, @Nullable String body) {
        return service.post(acme.admin(), path, body).json().path("matched").asInt();
    }

    private void awaitEvents(int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        service.post(acme.admin(), NEW, "{\"event_type\":\"AINOTE\"}")
                                        .json()
                                        .path("events")
                                        .asInt()
                                == count);
    }

    /// As dispatcher-service says it.
    private void decided(String event, String type, int seconds, UUID... userTeams) {
        var topics = new Topics(service.prefix);
        var decision =
                new RoutingDecision(
                        acme.uuid(),
                        event,
                        "/test",
                        type,
                        UUID.randomUUID().toString(),
                        noon.plusSeconds(seconds),
                        Instant.now(),
                        1,
                        Set.of(userTeams),
                        new Position(topics.meetingEvents(), 0, OFFSETS.getAndIncrement()),
                        List.of());
        try (var producer = TestBroker.producer()) {
            producer.send(
                    new ProducerRecord<>(
                            topics.routingDecisions(),
                            event.getBytes(StandardCharsets.UTF_8),
                            Json.write(decision)));
        }
    }
}
