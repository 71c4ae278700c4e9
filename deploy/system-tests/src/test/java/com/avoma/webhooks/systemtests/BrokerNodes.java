package com.avoma.webhooks.systemtests;

import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/// Brokers in processes of their own: a cluster of several, or one that clients reach through
/// something in between.
final class BrokerNodes implements AutoCloseable {
    private static final String READY = "kafka ready";

    private final Path directory;
    private final List<Integer> ports;
    private final List<List<String>> commands;
    private final List<Process> processes = new ArrayList<>();

    private BrokerNodes(Path directory, List<Integer> ports, List<List<String>> commands) {
        this.directory = directory;
        this.ports = ports;
        this.commands = commands;
        for (int node = 0; node < commands.size(); node++) {
            processes.add(launch(node));
        }
        for (int node = 0; node < commands.size(); node++) {
            awaitReady(node);
        }
    }

    /// A cluster in which every node holds everything, or as much as three of them do.
    static BrokerNodes cluster(Path directory, int nodes) {
        var ports = freePorts(nodes);
        var voters =
                freePorts(nodes).stream().map(Object::toString).collect(Collectors.joining(","));
        var cluster = Uuid.randomUuid().toString();
        var commands =
                IntStream.range(0, nodes)
                        .mapToObj(node ->
                                command(
                                        directory.resolve("broker-" + node),
                                        ports.get(node),
                                        "--cluster",
                                        cluster,
                                        "--voters",
                                        voters,
                                        "--node",
                                        Integer.toString(node + 1)))
                        .toList();
        return new BrokerNodes(directory, ports, commands);
    }

    /// One that tells its clients to come by another port.
    static BrokerNodes behind(Path directory, int port, int advertisedPort) {
        return new BrokerNodes(
                directory,
                List.of(port),
                List.of(
                        command(
                                directory.resolve("broker"),
                                port,
                                "--advertised-port",
                                Integer.toString(advertisedPort))));
    }

    private static List<Integer> freePorts(int count) {
        return IntStream.range(0, count).mapToObj(_ -> LoopbackPort.free()).toList();
    }

    private static List<String> command(Path data, int port, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.avoma.webhooks.embedded.BrokerProcess",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port)));
        command.addAll(List.of(more));
        return command;
    }

    /// For `bootstrap.servers`.
    String addresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /// As SIGKILL does it.
    void kill(int node) {
        try {
            processes.get(node).destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Brings one back that was killed, and returns once it is ready.
    void restart(int node) {
        processes.set(node, launch(node));
        awaitReady(node);
    }

    /// Waits until every node has caught up with everything.
    void awaitInSync() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", addresses()))) {
            Awaiting.until(
                    "all replicas in sync",
                    () ->
                            admin
                                    .describeTopics(admin.listTopics().names().get())
                                    .allTopicNames()
                                    .get()
                                    .values()
                                    .stream()
                                    .flatMap(topic -> topic.partitions().stream())
                                    .allMatch(p -> p.isr().size() == p.replicas().size()));
        }
    }

    private Path log(int node) {
        return directory.resolve("broker-" + node + ".log");
    }

    private Process launch(int node) {
        try {
            Files.deleteIfExists(log(node));
            return new ProcessBuilder(commands.get(node))
                    .redirectErrorStream(true)
                    .redirectOutput(log(node).toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(int node) {
        Awaiting.until(
                "broker " + node,
                () -> {
                    var log = Files.readString(log(node));
                    if (!processes.get(node).isAlive()) {
                        throw new IllegalStateException("broker " + node + " ended: " + log);
                    }
                    return log.contains(READY);
                });
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (var process : processes) {
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
