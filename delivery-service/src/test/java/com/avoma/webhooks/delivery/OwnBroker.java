package com.avoma.webhooks.delivery;

import com.avoma.webhooks.embedded.BrokerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A broker of a test's own, as a process that can be killed and comes back with its data.
final class OwnBroker implements AutoCloseable {
    private final Path data;
    private final int port;
    private Process process;

    OwnBroker(Path data) throws Exception {
        this.data = data;
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        start();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /// Returns when it answers.
    void start() throws Exception {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx384m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerProcess.class.getName(),
                                "--data",
                                data.toString(),
                                "--port",
                                Integer.toString(port))
                        .redirectErrorStream(true)
                        .start();
        var lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("kafka ready")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return;
            }
        }
        throw new IOException("no broker, exit status " + process.waitFor());
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the broker is still there");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
