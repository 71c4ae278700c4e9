package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Receivers that take requests and never answer: whatever is for others arrives before the first
/// of those requests has ended.
class OneSlowEndpointDelaysNobodyElseIT {
    private static final int WEBHOOKS = 14;

    /// With all events more than may be in flight in the whole process.
    private static final int HANGING = 8;

    private static final int EVENTS = 150;

    /// `webhooks.delivery.attempt-timeout`
    private static final Duration ATTEMPT = Duration.ofSeconds(15);

    private final Platform platform = Platform.shared();
    private final List<Receiver> hanging = new ArrayList<>();
    private Receiver healthy;

    @BeforeEach
    void starts() {
        healthy = platform.receiver();
        for (int i = 0; i < HANGING; i++) {
            hanging.add(platform.receiver().hangs());
        }
    }

    @AfterEach
    void stops() {
        platform.api().deleteWebhooks();
        healthy.close();
        hanging.forEach(Receiver::close);
    }

    @Test
    void whileItHangs() {
        List<UUID> slow = new ArrayList<>();
        for (var receiver : hanging) {
            slow.add(platform.api().addWebhook("AINOTE", receiver.url("/")));
        }
        int others = WEBHOOKS - HANGING;
        for (int i = 0; i < others; i++) {
            platform.api().addWebhook("AINOTE", healthy.url("/" + i));
        }
        // until each of them has a request that hangs
        platform.publish(aiNotes());
        hanging.forEach(Receiver::awaitDelivery);

        Map<String, Instant> published = new HashMap<>();
        for (int i = 0; i < EVENTS; i++) {
            var subject = "{\"event_type\":\"AINOTE\",\"subject\":\"event " + i + "\"}";
            published.put(subject, Instant.now());
            platform.publish(aiNotes().saying(subject));
        }
        int expected = others * (EVENTS + 1);
        var deliveries = healthy.awaitDeliveries(expected);

        var firstEnds =
                hanging.stream()
                        .map(receiver -> receiver.awaitDelivery().at().plus(ATTEMPT))
                        .min(Instant::compareTo)
                        .orElseThrow();
        assertThat(deliveries).allMatch(delivery -> delivery.at().isBefore(firstEnds));
        Set<String> distinct = new HashSet<>();
        deliveries.forEach(delivery -> distinct.add(delivery.header("webhook-id")));
        assertThat(distinct).hasSize(expected);
        // what overflows waits, and costs no attempt
        for (var webhook : slow) {
            var waiting = platform.api().get("/v1/deliveries/?limit=200&webhook=" + webhook).body();
            for (var delivery : waiting.get("results")) {
                assertThat(delivery.get("status").asString()).isEqualTo("pending");
                assertThat(delivery.get("attempt_count").asInt()).isLessThanOrEqualTo(1);
            }
        }
        var lateness =
                Lateness.of(
                        deliveries.stream()
                                .filter(delivery -> published.containsKey(delivery.text()))
                                .map(d -> Duration.between(published.get(d.text()), d.at())));
        System.out.printf(
                "isolation: %d deliveries beside %d of %d webhooks that hang, lost 0, %s%n",
                expected, HANGING, WEBHOOKS, lateness);
    }
}
