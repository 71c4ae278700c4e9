package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The same bytes on each attempt, each redelivery and each recovery, and both signatures fit them.
class TheBodyThatWasSignedIsSentIT {
    /// As a producer writes it, and as it is sent.
    private static final String WRITTEN =
            """
            { "event_type" : "AINOTE", "n" : -0.0, "e": 1E21, "again": true,
              "subject": "caf\\u00e9 \\ud83c\\udf89 \\/ <b>&amp;</b> \\u0007\\u2028 \\ud83c",
              "2": 1.0, "1": [ ], "again": 0.0000001 }
            """;

    private static final String SENT =
            "{\"1\":[],\"2\":1,\"event_type\":\"AINOTE\",\"n\":0,\"e\":1e+21,\"again\":1e-7,"
                    + "\"subject\":\"café 🎉 / <b>&amp;</b> \\u0007\u2028 \\ud83c\"}";

    private final Platform platform = Platform.shared();
    private Receiver receiver;
    private String secret;

    @BeforeEach
    void starts() {
        receiver = platform.receiver();
        secret = platform.api().rotateSecret();
    }

    @AfterEach
    void stops() {
        platform.api().deleteWebhooks();
        receiver.close();
    }

    @Test
    void onEachAttemptRedeliveryAndRecovery() {
        // once by itself, three times as it fails, and what a person asks for
        receiver.answers(503, 500, 302);
        var begun = Instant.now();
        var webhook = platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.publish(aiNotes().saying(WRITTEN));
        var id = receiver.awaitDeliveries(4).getFirst().header("webhook-id");
        platform.api().awaitDelivery(id, "delivered");

        assertThat(platform.api().post("/v1/deliveries/" + id + "/redeliver/", null).status())
                .isEqualTo(202);
        receiver.awaitDeliveries(5);
        // what is under way is not sent again
        Awaiting.until(
                "the log of the redelivery",
                () ->
                        platform.api()
                                        .get("/v1/deliveries/" + id + "/")
                                        .body()
                                        .get("attempt_count")
                                        .asInt()
                                == 5);
        var recovery =
                platform.api()
                        .post(
                                "/v1/webhooks/" + webhook + "/recoveries/",
                                Map.of(
                                        "since", begun.minusSeconds(1).toString(),
                                        "until", Instant.now().plusSeconds(1).toString(),
                                        "only", "all"));
        assertThat(recovery.status()).as("%s", recovery.body()).isEqualTo(202);
        var deliveries = receiver.awaitDeliveries(6);

        for (var delivery : deliveries) {
            assertThat(delivery.body()).isEqualTo(SENT.getBytes(UTF_8));
            assertThat(delivery.header("webhook-id")).isEqualTo(id);
            assertThat(delivery.avomaSignatureIsValid(secret)).isTrue();
            assertThat(delivery.standardSignatureIsValid(secret)).isTrue();
        }
        assertThat(platform.api().awaitDelivery(id, "delivered").get("body").asString())
                .isEqualTo(SENT);
    }
}
