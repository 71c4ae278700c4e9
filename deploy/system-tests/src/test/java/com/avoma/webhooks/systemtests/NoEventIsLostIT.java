package com.avoma.webhooks.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.systemtests.Receiver.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Under steady load each process is killed, one after the other and then at random, and comes
/// back: each event that the broker accepted arrives at each webhook that it matches, is dispatched
/// exactly once, and the ledger says so. `-Psoak` goes on for longer.
class NoEventIsLostIT {
    private static final List<String> PARTS =
            List.of("CONFIG", "DISPATCHER", "DELIVERY", "KAFKA", "POSTGRES");

    /// So long it goes on with kills at random, after each part was killed once.
    private static final Duration SOAK =
            Duration.ofMinutes(Integer.getInteger("system.soak-minutes", 0));

    private static final int EVENTS_A_SECOND = 20;
    private static final int IN_FLIGHT = 64;
    private static final int REFUSED = 10;
    private static final Duration SLOWEST = Duration.ofMillis(400);

    private final Random random = Seeds.random(NoEventIsLostIT.class);
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> kills = new HashMap<>();
    private Platform platform;
    private Receiver receiver;

    @BeforeEach
    void starts() {
        platform =
                Platform.start(
                        "WEBHOOKS_LEDGER_INTERVAL=500ms",
                        "WEBHOOKS_LEDGER_SLACK=3s",
                        "WEBHOOKS_DELIVERY_IN_FLIGHT=" + IN_FLIGHT,
                        "WEBHOOKS_DELIVERY_RETRY_DELAYS=1s,2s,2s");
        receiver = platform.receiver().otherwise(this::refuseSome);
    }

    @AfterEach
    void stops() {
        receiver.close();
        platform.close();
    }

    /// One in ten is refused the first time; all answers take a while, so that much is in flight at
    /// any moment.
    private Answer refuseSome(Delivery delivery) {
        var id = delivery.header("webhook-id");
        pause(Math.floorMod(id.hashCode(), (int) SLOWEST.toMillis()));
        return Answer.of(id.hashCode() % REFUSED == 0 && refused.add(id) ? 503 : 200);
    }

    @Test
    void whateverIsKilled() {
        platform.api().addWebhook("AINOTE", receiver.url("/one"));
        platform.api().addWebhook("AINOTE", receiver.url("/two"));
        platform.api().addWebhook("MEETING_BOOKED_VIA_SCHEDULER", receiver.url("/never"));
        var load = new Load(platform, EVENTS_A_SECOND);
        try (load) {
            receiver.awaitDeliveries(EVENTS_A_SECOND);
            List<String> once = new ArrayList<>(PARTS);
            Collections.shuffle(once, random);
            once.forEach(this::killAndBringBack);
            var end = Instant.now().plus(SOAK);
            while (Instant.now().isBefore(end)) {
                killAndBringBack(PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        int published = load.published().size();
        var outcome = new Outcome(receiver, load, 2);
        outcome.awaitAll();
        var ledger = new Ledger(platform.api());
        ledger.awaitClosed(2L * published);
        assertThat(ledger.count("accepted")).isEqualTo(3L * published);
        assertThat(ledger.count("filtered")).isEqualTo(published);
        assertThat(ledger.count("difference")).isZero();

        outcome.assertDispatchedOnce(platform.bootstrapServers());
        assertThat(receiver.deliveries()).extracting(Delivery::path).doesNotContain("/never");
        int twice = outcome.twice(refused.size());
        System.out.printf(
                "nothing is lost: killed %s, %s, of these refused %d and twice %d; dispatched twice"
                        + " 0%n",
                kills, outcome, refused.size(), twice);
        // what the broker had not acknowledged when it or delivery-service was killed
        assertThat(twice)
                .isLessThanOrEqualTo(IN_FLIGHT * (kills.get("DELIVERY") + kills.get("KAFKA")));
    }

    /// Under load for a while before it, and away for a while.
    private void killAndBringBack(String part) {
        pause(500 + random.nextInt(1_000));
        platform.kill(part);
        kills.merge(part, 1, Integer::sum);
        pause(200 + random.nextInt(2_000));
        platform.restart(part);
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
