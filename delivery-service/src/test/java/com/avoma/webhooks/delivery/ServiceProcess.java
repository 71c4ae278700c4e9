package com.avoma.webhooks.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The service as a process of its own, which can be killed.
final class ServiceProcess implements AutoCloseable {
    private static final Pattern USED = Pattern.compile(" total \\d+K, used (\\d+)K");

    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ServiceProcess start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /// @param environment what it has besides this process's own
    static ServiceProcess start(Map<String, String> environment, String... arguments)
            throws IOException {
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
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.start(), log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The processor time that it has taken.
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /// What of its heap is in use after a collection, in bytes.
    long liveHeap() throws Exception {
        jcmd("GC.run");
        return USED.matcher(jcmd("GC.heap_info").split("Metaspace", 2)[0])
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)) * 1024)
                .sum();
    }

    private String jcmd(String command) throws Exception {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var asked =
                new ProcessBuilder(tool, Long.toString(process.pid()), command)
                        .redirectErrorStream(true)
                        .start();
        var said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return said;
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
