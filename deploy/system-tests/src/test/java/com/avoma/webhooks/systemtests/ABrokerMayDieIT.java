package com.avoma.webhooks.systemtests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of three brokers one after the other is killed under load and stays away for a while: deliveries
/// go on without it, and nothing is lost.
class ABrokerMayDieIT {
    private static final int BROKERS = 3;
    private static final int EVENTS_A_SECOND = 20;
    private static final int MEANWHILE = 100;

    private final Random random = Seeds.random(ABrokerMayDieIT.class);
    @TempDir private Path directory;
    private BrokerNodes brokers;
    private Platform platform;
    private Receiver receiver;

    @BeforeEach
    void starts() {
        brokers = BrokerNodes.cluster(directory, BROKERS);
        platform = Platform.on(brokers.addresses(), "WEBHOOKS_LEDGER_INTERVAL=500ms");
        receiver = platform.receiver();
    }

    @AfterEach
    void stops() {
        receiver.close();
        platform.close();
        brokers.close();
    }

    @Test
    void andTheOthersCarryOn() {
        platform.api().addWebhook("AINOTE", receiver.url("/"));
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(order, random);
        var load = new Load(platform, EVENTS_A_SECOND);
        try (load) {
            for (int node : order) {
                receiver.awaitDeliveries(receiver.deliveries().size() + MEANWHILE / 2);
                brokers.kill(node);
                receiver.awaitDeliveries(receiver.deliveries().size() + MEANWHILE);
                brokers.restart(node);
                brokers.awaitInSync();
            }
        }
        var delivered = new Outcome(receiver, load, 1);
        delivered.awaitAll();
        new Ledger(platform.api()).awaitClosed(load.published().size());
        delivered.assertDispatchedOnce(brokers.addresses());
        System.out.printf("a broker of three may die: killed %s, %s%n", order, delivered);
    }
}
