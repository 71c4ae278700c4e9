package com.avoma.webhooks.systemtests;

import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.quickstart.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One more instance of a service beside the platform's own: the same settings, other ports.
final class Instance implements AutoCloseable {
    /// Longer than it may take to finish what is in flight.
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Map<String, Integer> ports;

    private Instance(Process process, Map<String, Integer> ports) {
        this.process = process;
        this.ports = ports;
    }

    /// Starts it and returns once it is ready.
    ///
    /// @param launch how the platform started its own
    /// @param jar what to run
    /// @param environment variables that it has besides or instead
    static Instance start(Launch launch, Path jar, Map<String, String> environment) {
        Map<String, Integer> ports = new TreeMap<>();
        List<String> command = new ArrayList<>();
        var given = launch.command();
        for (int i = 0; i < given.size(); i++) {
            var word = given.get(i);
            var name = word.replaceFirst("=.*", "");
            if (name.equals("--server.port") || name.equals("--management.server.port")) {
                ports.put(name, LoopbackPort.free());
                command.add(name + "=" + ports.get(name));
            } else if (i > 0 && given.get(i - 1).equals("-jar")) {
                command.add(jar.toString());
            } else if (!word.contains("SharedArchive") && !word.contains("quickstart.part")) {
                // the archive is of another jar, the mark is the platform's own
                command.add(word);
            }
        }
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Path.of(launch.log() + ".another").toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        builder.environment().put("WEBHOOKS_DISPATCHER_INSTANCE_ID", "another");
        builder.environment().putAll(environment);
        try {
            var instance = new Instance(builder.start(), ports);
            instance.awaitReady();
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        var ready =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/actuator/health/readiness"
                                                .formatted(ports.get("--management.server.port"))))
                        .build();
        Awaiting.until(
                "another instance",
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("it ended with " + process.exitValue());
                    }
                    try {
                        return HTTP.send(ready, BodyHandlers.discarding()).statusCode() == 200;
                    } catch (IOException _) {
                        return false;
                    }
                });
    }

    /// Where its API is.
    String address() {
        return "http://127.0.0.1:" + ports.get("--server.port");
    }

    /// As SIGTERM does it; returns once it has ended.
    @Override
    public void close() {
        Termination.of(process, GRACE);
    }
}
