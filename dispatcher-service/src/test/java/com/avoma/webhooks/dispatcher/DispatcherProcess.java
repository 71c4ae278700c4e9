package com.avoma.webhooks.dispatcher;

import com.avoma.webhooks.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The service as a process of its own, which can be killed.
final class DispatcherProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private DispatcherProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// @param instance id and name of its log in `target`
    /// @param settings JVM options, which begin with `-X`, and properties, which begin with `--`
    static DispatcherProcess start(String instance, String prefix, String... settings) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        List.of(settings).stream().filter(s -> s.startsWith("-X")).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(DispatcherApplication.class.getName());
        command.addAll(
                List.of(
                        "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                        "--webhooks.topics.prefix=" + prefix,
                        "--webhooks.dispatcher.instance-id=" + instance,
                        "--management.server.port=0",
                        "--management.server.address=127.0.0.1",
                        "--spring.main.keep-alive=true"));
        List.of(settings).stream().filter(s -> s.startsWith("--")).forEach(command::add);
        try {
            var log =
                    Files.createTempFile(Path.of("target"), "dispatcher-" + instance + "-", ".log");
            return new DispatcherProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SIGKILL: no hook runs.
    void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(10));
    }

    /// SIGTERM, and how long it took to end.
    Duration terminate() {
        long begun = System.nanoTime();
        process.destroy();
        await(Duration.ofSeconds(30));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still there after " + limit + ", see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
