package com.avoma.webhooks.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The service as a process of its own, which can be killed.
final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ServiceProcess start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=target/delivery.jsa",
                        "-Xlog:cds=off",
                        "-Xlog:aot=off",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeliveryApplication.class.getName()));
        command.addAll(List.of(arguments));
        var log = Files.createTempFile(Path.of("target"), "delivery-", ".log");
        return new ServiceProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /// SIGKILL: no hook runs.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /// SIGTERM, and how long it took to end.
    Duration terminate() throws InterruptedException {
        long begun = System.nanoTime();
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still there, see " + log);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
