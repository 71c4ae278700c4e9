package com.avoma.webhooks.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.systemtests.Receiver.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock of delivery-service jumps an hour ahead, an hour back and ahead again: new events are
/// delivered all the time. A retry comes when that clock says so, early or late, and none is lost.
class TheClockMayJumpIT {
    private static final int EVENTS_A_SECOND = 20;
    private static final int A_WHILE = 100;
    private static final int REFUSED = 10;
    private static final Duration HOUR = Duration.ofHours(1);

    /// More than is under way at this rate, for each of the jumps.
    private static final int UNCOMMITTED = 3 * EVENTS_A_SECOND;

    @TempDir private Path directory;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private Platform platform;
    private Receiver receiver;

    @BeforeEach
    void starts() {
        Assumptions.assumeTrue(
                JumpingClock.isInstalled(), "no libfaketime: the clock does not jump");
        platform =
                Platform.start(
                        "WEBHOOKS_DELIVERY_RETRY_DELAYS=60s,2s,2s",
                        "WEBHOOKS_DELIVERY_RETRY_JITTER=0");
        receiver = platform.receiver().otherwise(this::refuseSome);
    }

    @AfterEach
    void stops() {
        if (platform != null) {
            receiver.close();
            platform.close();
        }
    }

    /// One in ten is refused the first time.
    private Answer refuseSome(Delivery delivery) {
        var id = delivery.header("webhook-id");
        return Answer.of(id.hashCode() % REFUSED == 0 && refused.add(id) ? 503 : 200);
    }

    @Test
    void aheadAndBack() {
        var clock = new JumpingClock(directory.resolve("clock"));
        platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.terminate("DELIVERY");
        try (var _ = platform.startAnother("DELIVERY", clock.environment())) {
            var load = new Load(platform, EVENTS_A_SECOND);
            var outcome = new Outcome(receiver, load, 1);
            try (load) {
                goOn(outcome);
                clock.jump(HOUR);
                goOn(outcome);
                clock.jump(HOUR.negated());
                goOn(outcome);
            }
            // what was put off while the clock was ahead is due two hours later than it should be
            assertThat(refused).isNotEmpty();
            clock.jump(HOUR.multipliedBy(2));
            outcome.awaitAll();
            // a Kafka client takes an hour for silence: what was not committed is read again
            assertThat(outcome.twice(refused.size())).isLessThanOrEqualTo(UNCOMMITTED);
            System.out.printf("the clock may jump: %s%n", outcome);
        }
    }

    /// New events arrive, each for the first time.
    private static void goOn(Outcome outcome) {
        int before = outcome.delivered();
        Awaiting.until("new deliveries", () -> outcome.delivered() >= before + A_WHILE);
    }
}
