package com.avoma.webhooks.config;

import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The real service in a process of its own, which can be killed.
final class ChildService implements AutoCloseable {
    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private ChildService(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it and waits until it is ready.
    ///
    /// @param log takes what it prints
    /// @param more arguments
    static ChildService start(RunningService.Parts parts, Path log, String... more) {
        int port = LoopbackPort.free();
        int management = LoopbackPort.free();
        var database = parts.database();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ConfigApplication.class.getName()));
        command.addAll(
                List.of(
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--management.server.port=" + management,
                        "--management.server.address=127.0.0.1",
                        "--spring.kafka.bootstrap-servers=" + parts.bootstrapServers(),
                        "--spring.r2dbc.url=" + database.r2dbcUrl(),
                        "--spring.r2dbc.username=" + database.username(),
                        "--spring.r2dbc.password=" + database.password(),
                        "--spring.flyway.url=" + database.jdbcUrl(),
                        "--webhooks.topics.prefix=" + parts.prefix(),
                        "--webhooks.topics.partitions=3",
                        "--webhooks.secrets.keyset=" + parts.keyset(),
                        "--webhooks.api.requests-per-minute=1000000",
                        "--webhooks.api.user-requests-per-minute=1000000",
                        "--webhooks.security.issuer=" + Tokens.ISSUER,
                        "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                                + Tokens.publicKey()));
        command.addAll(List.of(more));
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            var service = new ChildService(process, port);
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> service.isReady(management));
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> call(String method, String credentials, String path, String body)
            throws IOException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + credentials)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// SIGKILL.
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady(int management) {
        if (!process.isAlive()) {
            throw new AssertionError("the service ended with " + process.exitValue());
        }
        var address = "http://127.0.0.1:" + management + "/actuator/health/readiness";
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
