package com.avoma.webhooks.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrokerProcessIT {
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    @TempDir private Path directory;
    private final int port = LoopbackPort.free();
    private ChildProcess child;

    @AfterEach
    void endTheProcess() throws InterruptedException {
        child.process().destroyForcibly().waitFor();
    }

    @Test
    void keepsAcknowledgedRecordsWhenItIsKilled() throws Exception {
        start(port);
        Records records = new Records("127.0.0.1:" + port);
        records.createTopic("kept");
        records.send("kept", "one");
        records.sendInTransaction("kept", "two", true);
        child.process().destroyForcibly().waitFor();

        start(port);
        records.send("kept", "three");
        assertThat(records.readAsGroup("kept", "reader", 3)).containsExactly("one", "two", "three");
    }

    @Test
    void endsCleanlyByTheTerminationSignal() throws Exception {
        start(port);
        child.process().destroy();
        assertThat(child.process().waitFor(SHUTDOWN_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(child.said()).doesNotContain("Exception").hasLineCount(1);
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            start(taken.getLocalPort());
            assertThat(child.exitStatus()).isEqualTo(1);
            assertThat(child.said())
                    .startsWith("kafka: port " + taken.getLocalPort())
                    .hasLineCount(1);
        }
    }

    private void start(int on) throws IOException {
        child =
                ChildProcess.of(
                                BrokerProcess.class,
                                directory.resolve("broker.log"),
                                "--data",
                                directory.resolve("kafka").toString(),
                                "--port",
                                Integer.toString(on))
                        .ready();
    }
}
