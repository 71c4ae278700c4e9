package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.systemtests.Receiver.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Six attempts by the ladder, then a dead letter; what the receiver asks for is heeded; a webhook
/// that keeps failing is switched off, its admins are told, and nothing of it is gone.
class RetriesAreBoundedAndDurableIT {
    private static final List<Integer> LADDER = List.of(1, 20, 1, 1, 2);
    private static final Duration FAILING_FOR = Duration.ofSeconds(14);

    private static Platform platform;
    private Receiver receiver;

    @BeforeAll
    static void startsThePlatform() {
        platform =
                Platform.start(
                        "WEBHOOKS_DELIVERY_RETRY_DELAYS=1s,20s,1s,1s,2s",
                        "WEBHOOKS_DELIVERY_RETRY_JITTER=0",
                        "WEBHOOKS_DEACTIVATION_CHECK_INTERVAL=200ms",
                        // more than the attempts of one delivery
                        "WEBHOOKS_DEACTIVATION_CONSECUTIVE_FAILURES=7",
                        "WEBHOOKS_DEACTIVATION_FAILING_FOR=" + FAILING_FOR.toSeconds() + "s");
    }

    @AfterAll
    static void stopsThePlatform() {
        if (platform != null) {
            platform.close();
        }
    }

    @BeforeEach
    void starts() {
        receiver = platform.receiver();
    }

    @AfterEach
    void stops() {
        platform.api().deleteWebhooks();
        receiver.close();
    }

    @Test
    void sixTimesByTheLadderThoughTheServiceIsKilledMeanwhile() {
        receiver.otherwise(_ -> Answer.of(503));
        platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.publish(aiNotes());
        var id = receiver.awaitDeliveries(2).getFirst().header("webhook-id");
        // nothing is in flight then, which a kill would have sent once more
        Awaiting.until("the second attempt in the log", () -> attemptsInTheLog(id) == 2);
        platform.kill("DELIVERY");
        platform.restart("DELIVERY");
        var attempts = receiver.awaitDeliveries(LADDER.size() + 1);
        var delivery = platform.api().awaitDelivery(id, "dead_lettered");

        List<Double> waits = new ArrayList<>();
        for (int i = 0; i < LADDER.size(); i++) {
            var wait = Duration.between(attempts.get(i).at(), attempts.get(i + 1).at());
            waits.add(wait.toMillis() / 1_000.0);
        }
        for (int i = 0; i < LADDER.size(); i++) {
            assertThat(waits.get(i)).as("of %s", waits).isGreaterThanOrEqualTo(LADDER.get(i));
        }
        assertThat(receiver.deliveries()).hasSize(LADDER.size() + 1);
        assertThat(delivery.get("attempts").size()).isEqualTo(LADDER.size() + 1);
        assertThat(delivery.get("attempts").findValuesAsString("number"))
                .containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(new Topics(platform.bootstrapServers()).of("delivery-dead-letters"))
                .extracting(Topics.Entry::messageId)
                .containsOnlyOnce(id);
        System.out.printf(
                "retries: 6 attempts after %s s (the ladder: %s), a kill between them, dead-lettered"
                        + " once%n",
                waits, LADDER);
    }

    @Test
    void notBeforeTheReceiverWantsIt() {
        receiver.otherwise(_ ->
                receiver.deliveries().size() > 1
                        ? Answer.of(200)
                        : Answer.of(429).with("Retry-After", "4"));
        platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.publish(aiNotes());
        var attempts = receiver.awaitDeliveries(2);
        assertThat(Duration.between(attempts.get(0).at(), attempts.get(1).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void notAtAllOnceTheReceiverIsGone() {
        receiver.otherwise(_ -> Answer.of(410));
        var webhook = platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.publish(aiNotes());
        var id = receiver.awaitDelivery().header("webhook-id");
        platform.api().awaitDelivery(id, "dead_lettered");
        awaitInactive(webhook, "gone");
        var topics = new Topics(platform.bootstrapServers());
        int jobs = topics.of("delivery-jobs").size();
        platform.publish(aiNotes());
        topics.awaitDispatched();
        assertThat(topics.of("delivery-jobs")).hasSize(jobs);
        assertThat(receiver.deliveries()).hasSize(1);
    }

    @Test
    void aWebhookThatKeepsFailingIsSwitchedOffAndNothingOfItIsGone() {
        receiver.otherwise(_ -> Answer.of(500));
        var begun = Instant.now();
        var webhook = platform.api().addWebhook("AINOTE", receiver.url("/"));
        // so many that their second attempts are enough
        int events = 5;
        for (int i = 0; i < events; i++) {
            platform.publish(aiNotes());
        }
        // nothing new comes: the streak ends by the time alone
        awaitInactive(webhook, "failing");
        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(FAILING_FOR);
        Awaiting.until("the notices", () -> notices(webhook).contains("webhook.deactivated"));
        assertThat(notices(webhook))
                .containsExactly("webhook.failing", "webhook.still_failing", "webhook.deactivated");
        Awaiting.until(
                "dead letters",
                () ->
                        platform.api()
                                        .get(
                                                "/v1/deliveries/?status=dead_lettered&webhook="
                                                        + webhook)
                                        .body()
                                        .get("count")
                                        .asInt()
                                == events);

        int before = receiver.deliveries().size();
        receiver.otherwise(_ -> Answer.of(200));
        var activated =
                platform.api()
                        .call("PATCH", "/v1/webhooks/" + webhook + "/", Map.of("is_active", true));
        assertThat(activated.status()).isEqualTo(200);
        var recovery =
                platform.api()
                        .post(
                                "/v1/webhooks/" + webhook + "/recoveries/",
                                Map.of(
                                        "since",
                                        begun.minusSeconds(1).toString(),
                                        "only",
                                        "failed"));
        assertThat(recovery.status()).as("%s", recovery.body()).isEqualTo(202);
        var recovered = receiver.awaitDeliveries(before + events).subList(before, before + events);
        assertThat(recovered)
                .extracting(delivery -> delivery.header("webhook-id"))
                .doesNotHaveDuplicates();
        recovered.forEach(delivery ->
                platform.api().awaitDelivery(delivery.header("webhook-id"), "delivered"));
    }

    private List<String> notices(UUID webhook) {
        return new Topics(platform.bootstrapServers())
                .of("webhook-notifications").stream()
                        .filter(notice -> notice.text().contains(webhook.toString()))
                        .map(notice -> notice.type())
                        .toList();
    }

    private void awaitInactive(UUID webhook, String reason) {
        Awaiting.until(
                "inactive, " + reason,
                () -> {
                    var body = platform.api().get("/v1/webhooks/" + webhook + "/").body();
                    return !body.get("is_active").asBoolean()
                            && body.get("inactive_reason").asString().equals(reason);
                });
    }

    private int attemptsInTheLog(String id) {
        var answer = platform.api().get("/v1/deliveries/" + id + "/");
        return answer.status() == 200 ? answer.body().get("attempts").size() : 0;
    }
}
