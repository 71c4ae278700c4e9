package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A service that stood still finds a change and a later event on two topics at once when it goes
/// on: it must take the change first, however the two come in.
class ChangesTakeEffectAfterAStandstillIT {
    private static final int ROUNDS = 10;

    private final Platform platform = Platform.shared();
    private Receiver receiver;

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
    void ofDispatch() {
        for (int round = 0; round < ROUNDS; round++) {
            platform.pause("DISPATCHER");
            try {
                platform.api().deleteWebhooks();
                platform.api().addWebhook("AINOTE", receiver.url("/" + round));
                platform.publish(aiNotes().saying(body(round)));
            } finally {
                platform.goOn("DISPATCHER");
            }
            receiver.awaitDelivery("/" + round, body(round));
        }
        assertEachCameOnce();
    }

    @Test
    void ofDelivery() {
        UUID webhook = platform.api().addWebhook("AINOTE", receiver.url("/"));
        for (int round = 0; round < ROUNDS; round++) {
            platform.pause("DELIVERY");
            try {
                var edit = Map.<String, Object>of("target_url", receiver.url("/" + round));
                var answer = platform.api().call("PATCH", "/v1/webhooks/" + webhook + "/", edit);
                assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
                platform.publish(aiNotes().saying(body(round)));
                new Topics(platform.bootstrapServers()).awaitDispatched();
            } finally {
                platform.goOn("DELIVERY");
            }
            receiver.awaitDelivery("/" + round, body(round));
        }
        assertEachCameOnce();
    }

    private void assertEachCameOnce() {
        assertThat(receiver.deliveries())
                .hasSize(ROUNDS)
                .allMatch(delivery ->
                        delivery.text()
                                .equals(body(Integer.parseInt(delivery.path().substring(1)))));
    }

    private static String body(int round) {
        return "{\"event_type\":\"AINOTE\",\"subject\":\"standstill " + round + "\"}";
    }
}
