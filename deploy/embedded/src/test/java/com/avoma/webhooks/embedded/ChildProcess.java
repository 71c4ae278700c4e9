package com.avoma.webhooks.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A JVM of its own with this test's class path; its output goes to a file.
record ChildProcess(Process process, Path output) {
    static ChildProcess of(Class<?> main, Path output, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx384m",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        return new ChildProcess(process, output);
    }

    ChildProcess ready() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> said().contains(" ready on ") || !process.isAlive());
        return this;
    }

    int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    String said() throws IOException {
        return Files.readString(output);
    }
}
