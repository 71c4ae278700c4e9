package com.avoma.webhooks.systemtests;

import com.avoma.webhooks.embedded.LoopbackPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Between everybody and the broker, and between delivery-service and its receivers, the network
/// becomes slow, falls silent and breaks, in any order: nothing is lost, and it goes on by itself.
class TheNetworkMayFailIT {
    private static final int EVENTS_A_SECOND = 20;

    /// Longer than a member of a consumer group may be silent (10 s at this broker).
    private static final Duration LONG_SILENCE = Duration.ofSeconds(13);

    private static final Duration FAULT = Duration.ofSeconds(3);

    private final Random random = Seeds.random(TheNetworkMayFailIT.class);
    @TempDir private Path directory;
    private FaultyLink toBroker;
    private FaultyLink toReceiver;
    private BrokerNodes broker;
    private Platform platform;
    private Receiver receiver;

    /// What is done to a link.
    private record Fault(String name, Runnable begin, Runnable end, Duration time) {}

    @BeforeEach
    void starts() {
        int port = LoopbackPort.free();
        toBroker = FaultyLink.to(port);
        broker = BrokerNodes.behind(directory, port, toBroker.port());
        platform =
                Platform.on(
                        "127.0.0.1:" + toBroker.port(),
                        "WEBHOOKS_LEDGER_INTERVAL=500ms",
                        "WEBHOOKS_DELIVERY_ATTEMPT_TIMEOUT=2s",
                        "WEBHOOKS_DELIVERY_CONNECT_TIMEOUT=1s",
                        "WEBHOOKS_DELIVERY_RETRY_DELAYS=1s,1s,2s,2s,2s,2s,2s,2s,2s,2s");
        receiver = platform.receiver();
        toReceiver = FaultyLink.to(receiver.port());
    }

    @AfterEach
    void stops() {
        toReceiver.close();
        receiver.close();
        platform.close();
        broker.close();
        toBroker.close();
    }

    @Test
    void anywhere() {
        var url = "https://localhost:" + toReceiver.port() + "/";
        platform.api().addWebhook("AINOTE", url);
        List<Fault> faults = new ArrayList<>();
        faults.addAll(faults("broker", toBroker));
        faults.addAll(faults("receiver", toReceiver));
        faults.add(silence("broker, long", toBroker, LONG_SILENCE));
        Collections.shuffle(faults, random);
        var load = new Load(platform, EVENTS_A_SECOND);
        try (load) {
            receiver.awaitDeliveries(EVENTS_A_SECOND);
            for (var fault : faults) {
                fault.begin().run();
                pause(fault.time());
                fault.end().run();
                pause(Duration.ofSeconds(1));
            }
        }
        var outcome = new Outcome(receiver, load, 1);
        outcome.awaitAll();
        new Ledger(platform.api()).awaitClosed(load.published().size());
        outcome.assertDispatchedOnce(platform.bootstrapServers());
        System.out.printf(
                "the network may fail: %s, %s%n",
                faults.stream().map(Fault::name).toList(), outcome);
    }

    private static List<Fault> faults(String name, FaultyLink link) {
        return List.of(
                silence(name, link, FAULT),
                new Fault(
                        "slow " + name,
                        () -> link.delay(Duration.ofMillis(200)),
                        () -> link.delay(Duration.ZERO),
                        FAULT),
                new Fault(
                        "refusing " + name,
                        () -> link.refusing(true),
                        () -> link.refusing(false),
                        FAULT),
                new Fault("reset " + name, link::reset, link::reset, Duration.ofSeconds(1)));
    }

    private static Fault silence(String name, FaultyLink link, Duration time) {
        return new Fault("silent " + name, () -> link.silent(true), () -> link.silent(false), time);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
