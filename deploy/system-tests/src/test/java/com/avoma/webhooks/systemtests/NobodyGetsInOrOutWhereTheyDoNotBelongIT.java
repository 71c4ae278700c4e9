package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.systemtests.Receiver.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Organizations see nothing of each other, requests go to no address inside, and secrets stand in
/// no log, no metric and on no topic.
class NobodyGetsInOrOutWhereTheyDoNotBelongIT {
    private final Platform platform = Platform.shared();
    private final Api ours = platform.api();
    private final Api theirs = platform.otherOrganizationsApi();
    private Receiver receiver;

    @BeforeEach
    void starts() {
        receiver = platform.receiver();
    }

    @AfterEach
    void stops() {
        ours.deleteWebhooks();
        theirs.deleteWebhooks();
        receiver.close();
    }

    @Test
    void organizationsSeeNothingOfEachOther() {
        var webhook = ours.addWebhook("AINOTE", receiver.url("/ours"));
        theirs.addWebhook("AINOTE", receiver.url("/theirs"));
        var event = aiNotes();
        platform.publish(event);
        var id = receiver.awaitDelivery().header("webhook-id");
        for (var path :
                List.of(
                        "/v1/webhooks/" + webhook + "/",
                        "/v1/webhooks/" + webhook + "/statistics/",
                        "/v1/webhooks/" + webhook + "/recoveries/",
                        "/v1/deliveries/" + id + "/",
                        "/v1/events/" + event.id() + "/")) {
            Awaiting.until(path, () -> ours.get(path).status() == 200);
            assertThat(theirs.get(path).status()).as(path).isEqualTo(404);
        }
        for (var path : List.of("/redeliver/", "/test/")) {
            var of = path.equals("/test/") ? "/v1/webhooks/" + webhook : "/v1/deliveries/" + id;
            assertThat(theirs.post(of + path, null).status()).as(path).isEqualTo(404);
        }
        assertThat(theirs.call("DELETE", "/v1/webhooks/" + webhook + "/", null).status())
                .isEqualTo(404);
        assertThat(theirs.get("/v1/deliveries/").body().get("results").toString())
                .doesNotContain(id);
        assertThat(theirs.get("/v1/audit-log/").body().toString())
                .doesNotContain(webhook.toString());
        assertThat(receiver.deliveries()).extracting(Delivery::path).containsOnly("/ours");
    }

    @Test
    void nobodyGetsInWithoutBeingAnAdmin() {
        var address = platform.variable("WEBHOOKS_API_URL");
        for (var path : List.of("/v1/webhooks/", "/v1/deliveries/", "/v1/audit-log/")) {
            assertThat(new Api(address, "nobody:knows").get(path).status()).isEqualTo(401);
            assertThat(
                            new Api(address, platform.variable("WEBHOOKS_MEMBER_TOKEN"))
                                    .get(path)
                                    .status())
                    .isEqualTo(403);
            assertThat(
                            new Api(address, platform.variable("WEBHOOKS_ADMIN_TOKEN"))
                                    .get(path)
                                    .status())
                    .isEqualTo(200);
        }
    }

    /// Whether the address is refused when the webhook is made or when it is used.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/",
                "https://192.168.1.1:8443/",
                "https://[::ffff:10.0.0.1]/",
                "https://[fd00::1]/",
                "https://[64:ff9b::a00:1]/",
                "https://0x0a000001/",
                "https://167772161/",
            })
    void nothingIsSentToAnAddressInside(String url) {
        var answer = ours.post("/v1/webhooks/", Map.of("event_type", "AINOTE", "target_url", url));
        if (answer.status() != 201) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().get("errors").get(0).get("field").asString())
                    .isEqualTo("target_url");
            return;
        }
        var test =
                ours.post("/v1/webhooks/" + answer.body().get("uuid").asString() + "/test/", null);
        assertThat(test.status()).as("%s", test.body()).isEqualTo(200);
        assertThat(test.body().get("failure").asString()).isEqualTo("blocked_address");
    }

    /// A name is looked up where the connection is made, and may lead anywhere by then: here to
    /// loopback, which the quickstart alone permits.
    @Test
    void nothingIsSentToWhereANameLeadsInside() {
        var webhook = ours.addWebhook("AINOTE", receiver.url("/"));
        var strict = Map.of("WEBHOOKS_DELIVERY_EGRESS_ALLOWED_NETWORKS", "203.0.113.0/24");
        platform.terminate("DELIVERY");
        try (var _ = platform.startAnother("DELIVERY", strict)) {
            var test = ours.post("/v1/webhooks/" + webhook + "/test/", null);
            assertThat(test.status()).as("%s", test.body()).isEqualTo(200);
            assertThat(test.body().get("failure").asString()).isEqualTo("blocked_address");
            assertThat(receiver.deliveries()).isEmpty();
        } finally {
            platform.restart("DELIVERY");
        }
    }

    @Test
    void aRedirectLeadsNowhere() {
        try (var inside = platform.receiver()) {
            receiver.otherwise(_ -> Answer.of(307).with("Location", inside.url("/inside")));
            var webhook = ours.addWebhook("AINOTE", receiver.url("/"));
            var test = ours.post("/v1/webhooks/" + webhook + "/test/", null);
            assertThat(test.body().get("status_code").asInt()).isEqualTo(307);
            assertThat(test.body().get("outcome").asString()).isEqualTo("refused");
            assertThat(inside.deliveries()).isEmpty();
        }
    }

    @Test
    void secretsAreNowhere() throws IOException {
        var secret = ours.rotateSecret();
        var value = "Bearer " + UUID.randomUUID();
        var webhook = ours.addWebhook("AINOTE", receiver.url("/"));
        var header = Map.of("name", "Authorization", "value", value, "secret", true);
        var edited =
                ours.call(
                        "PATCH",
                        "/v1/webhooks/" + webhook + "/",
                        Map.of("headers", List.of(header)));
        assertThat(edited.status()).as("%s", edited.body()).isEqualTo(200);
        receiver.answers(503);
        platform.publish(aiNotes());
        assertThat(receiver.awaitDeliveries(2).getLast().header("Authorization")).isEqualTo(value);

        for (var path : List.of("/v1/webhooks/" + webhook + "/", "/v1/audit-log/")) {
            JsonNode body = ours.get(path).body();
            assertThat(body.toString()).as(path).doesNotContain(secret).doesNotContain(value);
        }
        for (var part : List.of("CONFIG", "DISPATCHER", "DELIVERY")) {
            var metrics =
                    Api.text(platform.variable(part + "_MANAGEMENT_URL") + "/actuator/prometheus");
            assertThat(metrics).contains("jvm_").doesNotContain(secret).doesNotContain(value);
        }
        try (var logs = Files.list(platform.logs())) {
            for (var log : logs.toList()) {
                assertThat(Files.readString(log))
                        .as("%s", log)
                        .doesNotContain(secret)
                        .doesNotContain(value);
            }
        }
        var topics = new Topics(platform.bootstrapServers());
        var records = topics.everything();
        assertThat(records).extracting(Topics.Entry::topic).contains("webhook-config");
        for (var record : records) {
            assertThat(record.text())
                    .as(record.topic())
                    .doesNotContain(secret)
                    .doesNotContain(value);
        }
        assertThat(secret.getBytes(UTF_8)).hasSize(64);
    }
}
