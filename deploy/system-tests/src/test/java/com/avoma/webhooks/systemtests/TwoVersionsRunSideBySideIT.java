package com.avoma.webhooks.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A rolling upgrade under load, and the way back: of each service a new instance comes beside the
/// old one, and the old one goes when it is ready. Nothing is lost, nothing is sent twice, and
/// changes can be made all the time.
///
/// Both are this build, unless `-Dsystem.older=…` names a repository in which an older version was
/// built.
class TwoVersionsRunSideBySideIT {
    private static final Path NEWER = QuickstartProcess.REPOSITORY;
    private static final Path OLDER =
            Path.of(System.getProperty("system.older", NEWER.toString())).toAbsolutePath();

    private static final List<String> SERVICES = List.of("DISPATCHER", "DELIVERY", "CONFIG");
    private static final int EVENTS_A_SECOND = 20;
    private static final int A_WHILE = 40;

    private final List<Instance> newer = new ArrayList<>();
    private Platform platform;
    private Receiver receiver;

    @BeforeEach
    void starts() {
        platform = Platform.of(OLDER, "WEBHOOKS_LEDGER_INTERVAL=500ms");
        receiver = platform.receiver();
    }

    @AfterEach
    void stops() {
        newer.forEach(Instance::close);
        receiver.close();
        platform.close();
    }

    @Test
    void thereAndBack() {
        var secret = platform.api().rotateSecret();
        platform.api().addWebhook("AINOTE", receiver.url("/"));
        var load = new Load(platform, EVENTS_A_SECOND);
        try (load) {
            goOn();
            for (var service : SERVICES) {
                newer.add(platform.startAnother(service, jar(service), Map.of()));
                goOn();
                change(platform.api());
                platform.terminate(service);
                goOn();
            }
            var upgraded =
                    new Api(newer.getLast().address(), platform.variable("WEBHOOKS_API_KEY"));
            change(upgraded);
            for (var service : SERVICES.reversed()) {
                platform.restart(service);
                goOn();
                newer.removeLast().close();
                goOn();
            }
            change(platform.api());
        }
        var outcome = new Outcome(receiver, load, 1);
        outcome.awaitAll();
        assertThat(receiver.deliveries())
                .filteredOn(delivery -> delivery.path().equals("/"))
                .allMatch(delivery -> delivery.avomaSignatureIsValid(secret))
                .extracting(delivery -> delivery.header("webhook-id"))
                .doesNotHaveDuplicates();
        new Ledger(platform.api()).awaitClosed(load.published().size());
        outcome.assertDispatchedOnce(platform.bootstrapServers());
        System.out.printf(
                "two versions (%s): there and back, %s%n",
                OLDER.equals(NEWER) ? "both this one" : "the older one in " + OLDER.getFileName(),
                outcome);
    }

    /// A webhook comes and goes.
    private void change(Api api) {
        api.deleteWebhook(api.addWebhook("MEETING_BOOKED_VIA_SCHEDULER", receiver.url("/never")));
    }

    private void goOn() {
        receiver.awaitDeliveries(receiver.deliveries().size() + A_WHILE);
    }

    private static Path jar(String service) {
        var name =
                switch (service) {
                    case "DISPATCHER" -> "dispatcher-service";
                    case "DELIVERY" -> "delivery-service";
                    default -> "config-service";
                };
        return NEWER.resolve(name).resolve("target").resolve(name + "-0.1.0-SNAPSHOT-boot.jar");
    }
}
