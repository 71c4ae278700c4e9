package com.avoma.webhooks.delivery;

import static com.avoma.webhooks.delivery.Installation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.Installation.Webhook;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process has a heap of 256 MiB, and ends at the first OutOfMemoryError. What waits is several
/// times as large, in bodies of the largest size and in numbers, and part of it is of receivers
/// that hang.
class LargeBacklogIT {
    private static final int LARGE_JOBS = 800;
    private static final int SMALL_JOBS = 8_000;
    private static final Payload LARGE =
            Payload.of("{\"event_type\":\"AINOTE\",\"a\":\"" + "x".repeat(256_000) + "\"}");
    private static final long MEGABYTE = 1024 * 1024;

    private final Set<String> missing = new HashSet<>();
    private Installation installation;
    private Receiver prompt;
    private Receiver hanging;
    private ServiceProcess process;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        installation = new Installation(directory, 3);
        prompt = installation.receiver();
        hanging = installation.receiver().otherwise(Answer.hang());
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
        installation.close();
    }

    @Test
    void fitsIntoASmallHeap() throws Exception {
        for (int i = 0; i < 4; i++) {
            installation.publish(webhook(hanging), LARGE_JOBS / 4, LARGE);
            installation.publish(webhook(hanging), SMALL_JOBS / 4);
            missing.addAll(installation.publish(webhook(prompt), LARGE_JOBS / 4, LARGE));
            missing.addAll(installation.publish(webhook(prompt), SMALL_JOBS / 4));
        }
        long begun = System.nanoTime();
        process = ServiceProcess.start(installation.arguments());

        await("all that can be delivered")
                .atMost(PATIENCE.multipliedBy(3))
                .until(() -> {
                    while (prompt.pending() > 0) {
                        missing.remove(prompt.await(PATIENCE).header("webhook-id"));
                    }
                    while (hanging.pending() > 0) {
                        hanging.await(PATIENCE);
                    }
                    assertThat(process.isAlive()).isTrue();
                    return missing.isEmpty();
                });

        long live = process.liveHeap();
        System.out.printf(
                "a backlog of %d MiB and %d jobs: %d s, %d MiB of heap in use at the end,"
                        + " %d times put off%n",
                2L * LARGE_JOBS * LARGE.size() / MEGABYTE,
                2 * (LARGE_JOBS + SMALL_JOBS),
                (System.nanoTime() - begun) / 1_000_000_000,
                live / MEGABYTE,
                installation.count(installation.topics.deliveryDeferred()));
        assertThat(process.isAlive()).isTrue();
        assertThat(live).isLessThan(200 * MEGABYTE);
    }

    private Webhook webhook(Receiver receiver) throws Exception {
        return installation.webhook(receiver);
    }
}
