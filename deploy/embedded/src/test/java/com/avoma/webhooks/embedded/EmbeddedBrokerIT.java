package com.avoma.webhooks.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
    @TempDir private Path data;

    @Test
    void keepsRecordsOffsetsAndClusterIdWhenItIsStoppedAndStarted() throws Exception {
        String clusterId;
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            clusterId = broker.clusterId();
            port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
            Records records = new Records(broker.bootstrapServers());
            records.createTopic("kept");
            records.send("kept", "one", "two");
            assertThat(records.readAsGroup("kept", "group", 1)).containsExactly("one");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            Records records = new Records(broker.bootstrapServers());
            assertThat(records.readAsGroup("kept", "group", 1)).containsExactly("two");
        }
    }

    @Test
    void hidesAnAbortedTransactionFromCommittedReaders() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            Records records = new Records(broker.bootstrapServers());
            records.createTopic("transactions");
            records.sendInTransaction("transactions", "aborted", false);
            records.sendInTransaction("transactions", "committed", true);
            assertThat(records.readAsGroup("transactions", "reader", 1))
                    .containsExactly("committed");
        }
    }

    @Test
    void createsNoTopicByMereUse() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            Records records = new Records(broker.bootstrapServers());
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> records.partitionsOf("never-created"))
                    .withCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void refusesADirectoryThatAnotherBrokerUsesAndLeavesItAlone() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(data, 0))
                    .withMessageContaining("another broker runs on");
            Records records = new Records(broker.bootstrapServers());
            records.createTopic("unharmed");
            records.send("unharmed", "one");
            assertThat(records.readAsGroup("unharmed", "reader", 1)).containsExactly("one");
        }
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(data, taken.getLocalPort()))
                    .withMessageContaining("port " + taken.getLocalPort() + " for Kafka");
        }
    }
}
