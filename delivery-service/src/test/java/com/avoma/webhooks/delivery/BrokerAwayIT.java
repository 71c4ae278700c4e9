package com.avoma.webhooks.delivery;

import static com.avoma.webhooks.delivery.Installation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.delivery.Installation.Webhook;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The only broker is killed under load and stays away: delivery-service waits without working,
/// takes no memory meanwhile, and goes on by itself.
class BrokerAwayIT {
    private static final int IN_FLIGHT = 64;
    private static final Duration WHILE = Duration.ofSeconds(15);
    private static final long MEGABYTE = 1024 * 1024;

    private final Map<String, Integer> received = new HashMap<>();
    private OwnBroker broker;
    private Installation installation;
    private ServiceProcess process;
    private Receiver receiver;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        broker = new OwnBroker(directory.resolve("kafka"));
        installation =
                new Installation(directory, 3, broker.bootstrapServers())
                        .with("webhooks.delivery.in-flight", Integer.toString(IN_FLIGHT));
        receiver = installation.receiver().otherwise(Answer.after(Duration.ofMillis(30)));
        process = ServiceProcess.start(installation.arguments());
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
        installation.close();
        broker.close();
    }

    @Test
    void waitsForTheBrokerAndGoesOnByItself() throws Exception {
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            published.addAll(installation.publish(webhook(), 1_000));
        }
        awaitReceived(500);

        broker.kill();
        awaitSilence();
        assertThat(received.size()).as("more to do").isLessThan(published.size());
        long heapAtFirst = process.liveHeap();
        var away = processorTimeOf(WHILE);
        long grown = process.liveHeap() - heapAtFirst;
        assertThat(process.isAlive()).isTrue();

        broker.start();
        awaitReceived(published.size());
        assertThat(received.keySet()).containsExactlyInAnyOrderElementsOf(published);
        awaitSilence();
        var idle = processorTimeOf(WHILE);

        int twice = received.values().stream().mapToInt(times -> times - 1).sum();
        System.out.printf(
                "%d s without the broker: %d ms of processor time, idle with it %d ms;"
                        + " heap grew by %d KiB; lost 0, twice %d of %d%n",
                WHILE.toSeconds(),
                away.toMillis(),
                idle.toMillis(),
                grown / 1024,
                twice,
                published.size());
        assertThat(away).isLessThan(idle.multipliedBy(2).plus(WHILE.dividedBy(10)));
        assertThat(grown).isLessThan(8 * MEGABYTE);
        assertThat(twice).isLessThanOrEqualTo(IN_FLIGHT);
    }

    private Webhook webhook() throws Exception {
        return installation.webhook(receiver);
    }

    /// What the process takes in a while in which nothing happens.
    private Duration processorTimeOf(Duration time) {
        var before = process.processorTime();
        await().pollDelay(time).atMost(time.multipliedBy(4)).until(() -> true);
        return process.processorTime().minus(before);
    }

    private void awaitReceived(int goal) {
        await("requests")
                .atMost(PATIENCE.multipliedBy(2))
                .until(() -> {
                    count();
                    return received.size() >= goal;
                });
    }

    /// Until nothing has come in for some seconds.
    private void awaitSilence() {
        await().atMost(PATIENCE)
                .during(Duration.ofSeconds(5))
                .until(() -> {
                    int before = received.size();
                    count();
                    return received.size() == before;
                });
    }

    private void count() throws InterruptedException {
        while (receiver.pending() > 0) {
            received.merge(receiver.await(PATIENCE).header("webhook-id"), 1, Integer::sum);
        }
    }
}
