package com.avoma.webhooks.benchmark.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Java process that is measured by what the operating system says of its CPU time.
record Child(Process process, Path log) implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    static Child start(Class<?> main, Path log, List<String> options, String... words)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(words));
        return new Child(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /// User and system time since it began.
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /// Runs something while the process stands still.
    void halted(Runnable meanwhile) {
        signal("-STOP");
        try {
            meanwhile.run();
        } finally {
            signal("-CONT");
        }
    }

    private void signal(String signal) {
        try {
            int status =
                    new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                            .start()
                            .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + ": status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void awaitLine(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!Files.readString(log).contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "no \"" + text + "\" in:\n" + Files.readString(log));
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
