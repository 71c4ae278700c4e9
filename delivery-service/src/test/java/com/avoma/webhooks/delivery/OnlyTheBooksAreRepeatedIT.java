package com.avoma.webhooks.delivery;

import static com.avoma.webhooks.delivery.Installation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker refuses what follows from a request that was made. The request is not made again,
/// however often the record has to be written; until it is taken the job is not done.
class OnlyTheBooksAreRepeatedIT {
    private Installation installation;
    private Receiver receiver;
    private ServiceProcess process;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        installation = new Installation(directory, 1).with("webhooks.delivery.retry.delays", "1h");
        receiver = installation.receiver();
        process = ServiceProcess.start(installation.arguments());
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
        installation.close();
    }

    @Test
    void writesTheAttemptAgain() throws Exception {
        var webhook = installation.webhook(receiver);
        installation.publish(webhook, 1);
        receiver.await(PATIENCE);
        attempts(1);
        await().atMost(PATIENCE).until(() -> committed() == 1);
        take(installation.topics.deliveryAttempts(), 1);
        installation.publish(webhook, 1);

        awaitRefusals(installation.topics.deliveryAttempts(), 3);
        assertThat(committed()).isEqualTo(1);
        take(installation.topics.deliveryAttempts(), 1_000_000);

        var attempts = attempts(2);
        assertThat(attempts).extracting(AttemptRecord::verdict).containsOnly(Verdict.DELIVERED);
        await().atMost(PATIENCE).until(() -> committed() == 2);
        receiver.await(PATIENCE);
        assertThat(receiver.pending()).isZero();
    }

    @Test
    void writesTheRetryAgain() throws Exception {
        receiver.answers(Answer.status(503));
        var webhook = installation.webhook(receiver);
        take(installation.topics.deliveryRetry(1), 1);
        installation.publish(webhook, 1);

        awaitRefusals(installation.topics.deliveryRetry(1), 3);
        take(installation.topics.deliveryRetry(1), 1_000_000);

        assertThat(installation.read(installation.topics.deliveryRetry(1), 1)).hasSize(1);
        await().atMost(PATIENCE).until(() -> committed() == 1);
        assertThat(attempts(1)).extracting(AttemptRecord::verdict).containsExactly(Verdict.RETRY);
        receiver.await(PATIENCE);
        assertThat(receiver.pending()).isZero();
    }

    private void awaitRefusals(String topic, int times) {
        var line = "publication.repeated topic=" + topic + " ";
        await("refusals")
                .atMost(PATIENCE)
                .until(() -> process.log().split(line, -1).length > times);
    }

    /// The broker takes batches up to a size only.
    private void take(String topic, int bytes) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var entry = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
        try (var admin = installation.admin()) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    resource,
                                    List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private List<AttemptRecord> attempts(int count) {
        return installation.read(installation.topics.deliveryAttempts(), count).stream()
                .map(record -> Json.read(record.value(), AttemptRecord.class))
                .toList();
    }

    /// How many of the jobs are done, as the group has it.
    private long committed() throws Exception {
        var group = installation.topics.prefix() + "delivery-service";
        try (var admin = installation.admin()) {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(one -> one.offset())
                    .sum();
        }
    }
}
