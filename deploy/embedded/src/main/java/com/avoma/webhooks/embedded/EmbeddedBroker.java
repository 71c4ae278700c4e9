package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// A real Kafka broker (KRaft, broker and controller in one node) in this JVM, on 127.0.0.1 only.
///
/// Topics, offsets, transactions and the cluster id are in the data directory and survive every
/// kind of end, SIGKILL included. Topics are never created by mere use. Close Spring contexts and
/// clients first: what is still connected delays the controlled shutdown.
public final class EmbeddedBroker implements AutoCloseable {
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(8);

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final String clusterId;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, DirectoryLock lock, String clusterId, int port) {
        this.server = server;
        this.lock = lock;
        this.clusterId = clusterId;
        this.port = port;
    }

    /// Starts the broker, formatting the directory where that was not done yet; returns once it
    /// answers.
    ///
    /// @param data directory of the broker's own, created where it is missing
    /// @param port of the clients' listener; 0 takes any free one
    /// @throws StartFailedException if the port is taken, another broker uses the directory, or
    ///   Kafka refuses to start
    public static EmbeddedBroker start(Path data, int port) {
        return start(data, port, Node.alone(0));
    }

    /// The same of a node among others: it answers once most of them have started.
    static EmbeddedBroker start(Path data, int port, Node node) {
        Path home = data.toAbsolutePath();
        try {
            DirectoryLock lock = DirectoryLock.take(home);
            try {
                return start(lock, home.resolve("logs"), LoopbackPort.freeOr(port, "Kafka"), node);
            } catch (Exception e) { // Scala throws checked exceptions that it does not declare
                lock.close();
                throw e;
            }
        } catch (StartFailedException e) {
            throw e;
        } catch (Exception e) {
            throw new StartFailedException(
                    "Kafka did not start with its data in %s: %s".formatted(home, e.getMessage()),
                    e);
        }
    }

    private static EmbeddedBroker start(DirectoryLock lock, Path logs, int port, Node node)
            throws Exception {
        Files.createDirectories(logs);
        String clusterId = format(logs, node);
        Properties settings = BrokerSettings.of(logs, port, node);
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, lock, clusterId, port);
    }

    /// Writes `meta.properties` last, so a directory without it was never used.
    private static String format(Path logs, Node node) throws Exception {
        String clusterId = node.clusterId().isEmpty() ? clusterIdIn(logs) : node.clusterId();
        try (PrintStream silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(node.id())
                    .setClusterId(clusterId)
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .run();
        }
        return clusterId;
    }

    private static String clusterIdIn(Path logs) throws IOException {
        Path file = logs.resolve("meta.properties");
        if (Files.notExists(file)) {
            return Uuid.randomUuid().toString();
        }
        Properties meta = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            meta.load(reader);
        }
        String id = meta.getProperty("cluster.id");
        if (id == null) {
            throw new IOException(file + " has no cluster.id");
        }
        return id;
    }

    /// `host:port` for a client's `bootstrap.servers`.
    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /// The same for the whole life of a data directory.
    public String clusterId() {
        return clusterId;
    }

    /// Controlled shutdown, given up after 8 s: what was written is on disk either way.
    ///
    /// @throws IllegalStateException if the broker was still not down by then
    @Override
    public void close() {
        Thread shutdown =
                Thread.ofPlatform().daemon().name("kafka-shutdown").start(server::shutdown);
        try {
            if (!shutdown.join(SHUTDOWN_LIMIT)) {
                throw new IllegalStateException(
                        "Kafka was not down after " + SHUTDOWN_LIMIT.toSeconds() + " s");
            }
            lock.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
