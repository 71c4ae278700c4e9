package com.avoma.webhooks.delivery;

import static com.avoma.webhooks.delivery.Installation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.delivery.Installation.Webhook;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to the process, every job arrives, and twice never more than may be in flight:
/// what was sent counts as such until its end is committed. The number of kills is
/// `-Ddelivery.kills=…`.
class NoJobIsLostIT {
    private static final int KILLS = Integer.getInteger("delivery.kills", 6);
    private static final int IN_FLIGHT = 16;

    private final Map<String, Integer> received = new HashMap<>();
    private final List<String> published = new ArrayList<>();
    private final List<Webhook> webhooks = new ArrayList<>();
    private Installation installation;
    private Receiver receiver;
    private ServiceProcess process;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        installation =
                new Installation(directory, 3)
                        .with("webhooks.delivery.in-flight", Integer.toString(IN_FLIGHT));
        noticeKilledMembersSoon();
        receiver = installation.receiver().otherwise(Answer.after(Duration.ofMillis(30)));
        for (int i = 0; i < 8; i++) {
            webhooks.add(installation.webhook(receiver));
        }
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
        installation.close();
    }

    @Test
    void survivesKillsInMidFlight() throws Exception {
        var random = new Random(20);
        // the first ends in peace, which makes the next ones start faster
        process = startProcess();
        publish(40);
        awaitDeliveries("of the first process", 20);
        process.terminate();
        for (int kill = 0; kill < KILLS; kill++) {
            process = startProcess();
            publish(200);
            int goal = received.size() + 20 + random.nextInt(100);
            awaitDeliveries("of process " + kill, goal);
            process.kill();
            count();
        }
        process = startProcess();
        awaitDeliveries("of what was left behind", published.size());
        var drained = process.terminate();
        count();
        assertThat(received.keySet()).containsExactlyInAnyOrderElementsOf(published);
        System.out.printf(
                "%d kills: %d jobs, lost 0, twice %d with %d in flight, ended in %s%n",
                KILLS, published.size(), twice(), IN_FLIGHT, drained);
        assertThat(twice()).isLessThanOrEqualTo(KILLS * IN_FLIGHT);
    }

    private void awaitDeliveries(String what, int goal) {
        await("deliveries " + what)
                .atMost(PATIENCE)
                .until(() -> {
                    count();
                    assertThat(process.isAlive()).isTrue();
                    return received.size() >= goal;
                });
    }

    private ServiceProcess startProcess() throws Exception {
        return ServiceProcess.start(installation.arguments());
    }

    private void publish(int each) {
        for (var webhook : webhooks) {
            published.addAll(installation.publish(webhook, each / webhooks.size() + 1));
        }
    }

    private void count() throws InterruptedException {
        while (receiver.pending() > 0) {
            received.merge(receiver.await(PATIENCE).header("webhook-id"), 1, Integer::sum);
        }
    }

    private int twice() {
        return received.values().stream().mapToInt(times -> times - 1).sum();
    }

    /// A member that was killed holds its partitions until its session ends.
    private void noticeKilledMembersSoon() throws Exception {
        try (var admin = TestBroker.admin()) {
            for (var group : List.of("delivery-service", "delivery-service-retries")) {
                var resource =
                        new ConfigResource(
                                ConfigResource.Type.GROUP, installation.topics.prefix() + group);
                var soon = new ConfigEntry("consumer.session.timeout.ms", "5000");
                admin.incrementalAlterConfigs(
                                Map.of(
                                        resource,
                                        List.of(new AlterConfigOp(soon, AlterConfigOp.OpType.SET))))
                        .all()
                        .get();
            }
        }
    }
}
