package com.avoma.webhooks.delivery;

import static com.avoma.webhooks.delivery.Installation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// All webhooks on the same partition of each topic, so that nothing but the service keeps them
/// apart.
class OneSlowEndpointDelaysNobodyElseIT {
    /// Far less than the deadline of an attempt that hangs; usual are some milliseconds.
    private static final Duration SOON = Duration.ofSeconds(8);

    private Installation installation;
    private Receiver slow;
    private Receiver prompt;
    private ConfigurableApplicationContext service;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        installation = new Installation(directory, 1);
        slow = installation.receiver();
        prompt = installation.receiver();
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        installation.close();
    }

    @Test
    void sendsToOthersWhileOneHangsAndLosesNothing() throws Exception {
        slow.otherwise(Answer.hang());
        startService("webhooks.delivery.attempt-timeout", "10s");
        var hanging = installation.webhook(slow);
        var healthy = installation.webhook(prompt);
        var ids = installation.publish(hanging, 1_500);

        for (int i = 0; i < 20; i++) {
            installation.publish(healthy, 1);
            prompt.await(SOON);
        }
        var deferred = installation.read(installation.topics.deliveryDeferred(), 1_000);
        assertThat(JobRecord.text(deferred.getFirst().headers(), JobRecord.DEFERRED_SINCE))
                .isNotNull();
        assertThat(JobRecord.text(deferred.getFirst().headers(), JobRecord.ATTEMPT)).isEqualTo("1");

        slow.otherwise(Answer.status(200));
        awaitAll(slow, ids);
    }

    @Test
    void doesNotDelayANewEventBehindABacklogOfAnother() throws Exception {
        slow.otherwise(Answer.after(Duration.ofMillis(200)));
        startService("webhooks.delivery.attempt-timeout", "15s");
        var busy = installation.webhook(slow);
        var healthy = installation.webhook(prompt);
        installation.publish(busy, 20_000);

        long longest = 0;
        for (int i = 0; i < 30; i++) {
            long begun = System.nanoTime();
            installation.publish(healthy, 1);
            prompt.await(SOON);
            longest = Math.max(longest, System.nanoTime() - begun);
        }
        System.out.printf("behind a backlog of 20,000: at most %d ms%n", longest / 1_000_000);
        assertThat(slow.pending()).isPositive().isLessThan(20_000);
    }

    /// Of one that takes what it gets nothing is put off, which would cost the brokers.
    @Test
    void goesBackForTheBacklogOfAWebhookThatKeepsUp() throws Exception {
        startService("webhooks.delivery.attempt-timeout", "15s");
        var busy = installation.webhook(slow);
        var healthy = installation.webhook(prompt);
        var ids = installation.publish(busy, 20_000);
        installation.publish(healthy, 1);

        prompt.await(SOON);
        System.out.printf("past a backlog of 20,000 with %d of it sent%n", slow.pending());
        assertThat(slow.pending()).isLessThan(20_000);
        awaitAll(slow, ids);
        assertThat(installation.count(installation.topics.deliveryDeferred())).isLessThan(2_000);
    }

    @Test
    void givesUpWhatWasPutOffForTooLong() throws Exception {
        slow.otherwise(Answer.hang());
        installation.with("webhooks.delivery.deferral.longest", "2s");
        startService("webhooks.delivery.attempt-timeout", "20s");
        var hanging = installation.webhook(slow);
        var ids = installation.publish(hanging, 40);

        var letters = installation.read(installation.topics.deliveryDeadLetters(), 30);

        assertThat(letters)
                .allSatisfy(letter -> {
                    assertThat(JobRecord.text(letter.headers(), JobRecord.REASON))
                            .isEqualTo("overloaded");
                    assertThat(JobRecord.text(letter.headers(), JobRecord.DETAIL))
                            .startsWith("The webhook took less than it got since ");
                    assertThat(JobRecord.read(letter).attempt()).isEqualTo(1);
                });
        var given =
                installation.read(installation.topics.deliveryAttempts(), 30).stream()
                        .map(record -> Json.read(record.value(), AttemptRecord.class))
                        .filter(attempt -> "overloaded".equals(attempt.reason()))
                        .toList();
        assertThat(given).hasSizeGreaterThanOrEqualTo(26);
        assertThat(given)
                .allSatisfy(attempt -> {
                    assertThat(attempt.verdict()).isEqualTo(Verdict.DEAD_LETTERED);
                    assertThat(attempt.number()).isZero();
                    assertThat(ids).contains(attempt.messageId());
                });
    }

    @Test
    void cancelsWhatWaitsForADeletedWebhook() throws Exception {
        slow.otherwise(Answer.hang());
        startService("webhooks.delivery.attempt-timeout", "20s");
        var hanging = installation.webhook(slow);
        installation.publish(hanging, 40);
        await().atMost(PATIENCE).until(() -> slow.pending() == 4);

        installation.delete(hanging, 2);

        var canceled =
                installation.read(installation.topics.deliveryAttempts(), 36).stream()
                        .map(record -> Json.read(record.value(), AttemptRecord.class))
                        .filter(attempt -> attempt.verdict() == Verdict.CANCELED)
                        .toList();
        assertThat(canceled).hasSizeGreaterThanOrEqualTo(32);
        assertThat(slow.pending()).isEqualTo(4);
    }

    @Test
    void sendsATestAtOnceAlthoughTheWebhookIsInactiveAndItsLineIsLong() throws Exception {
        slow.otherwise(Answer.hang());
        startService("webhooks.delivery.attempt-timeout", "20s");
        var hanging = installation.webhook(slow);
        installation.publish(hanging, 30);
        await().atMost(PATIENCE).until(() -> slow.pending() == 4);
        slow.otherwise(Answer.status(500));

        var test = installation.publish(hanging, Origin.TEST);

        await().atMost(SOON).until(() -> slow.pending() == 5);
        for (int i = 0; i < 4; i++) {
            assertThat(slow.await(SOON).header("webhooks-test")).isEmpty();
        }
        var request = slow.await(SOON);
        assertThat(request.header("webhook-id")).isEqualTo(test);
        assertThat(request.header("webhooks-test")).isEqualTo("true");
    }

    @Test
    void triesATestOnceAndOnlyRecordsIt() throws Exception {
        slow.otherwise(Answer.status(500));
        startService("webhooks.delivery.retry.delays", "100ms");
        var webhook = installation.webhook(slow);
        installation.publish(webhook, 2, false);
        var test = installation.publish(webhook, Origin.TEST);
        slow.await(PATIENCE);
        var again = installation.publish(webhook, Origin.REDELIVERY);

        var letters = installation.read(installation.topics.deliveryDeadLetters(), 1);
        var attempts =
                installation.read(installation.topics.deliveryAttempts(), 2).stream()
                        .map(record -> Json.read(record.value(), AttemptRecord.class))
                        .toList();
        // in whichever order the two were done
        assertThat(attempts)
                .filteredOn(attempt -> attempt.messageId().equals(test))
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.test()).isTrue();
                    assertThat(attempt.manual()).isTrue();
                    assertThat(attempt.number()).isEqualTo(1);
                    assertThat(attempt.verdict()).isEqualTo(Verdict.DEAD_LETTERED);
                });
        assertThat(attempts)
                .filteredOn(attempt -> attempt.messageId().equals(again))
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.reason()).isEqualTo("inactive");
                    assertThat(attempt.manual()).isTrue();
                });
        assertThat(letters).hasSize(1);
        assertThat(slow.pending()).isZero();
    }

    private void startService(String key, String value) {
        service =
                new SpringApplicationBuilder(DeliveryApplication.class)
                        .run(installation.with(key, value).arguments());
    }

    private static void awaitAll(Receiver receiver, List<String> ids) {
        Set<String> missing = new HashSet<>(ids);
        await("all jobs")
                .atMost(PATIENCE.multipliedBy(2))
                .until(() -> {
                    while (receiver.pending() > 0) {
                        missing.remove(receiver.await(PATIENCE).header("webhook-id"));
                    }
                    return missing.isEmpty();
                });
    }
}
