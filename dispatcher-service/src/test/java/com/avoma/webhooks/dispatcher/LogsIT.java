package com.avoma.webhooks.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The log as the images have it: one JSON object a line, by the Elastic Common Schema.
class LogsIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log = Path.of("target", "logs-it.log");
    private Process process;
    private int port;

    @BeforeEach
    void startsTheJar() throws IOException {
        port = LoopbackPort.free(); // not 0: the actuator would get a server of its own
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        jar().toString(),
                        "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                        "--webhooks.topics.prefix=" + TestTopics.prefix(),
                        "--webhooks.topics.partitions=2",
                        "--server.address=127.0.0.1",
                        "--management.server.port=" + port);
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
        process = builder.start();
        await("start")
                .atMost(Duration.ofMinutes(3))
                .until(() -> Files.readString(log).contains("Started DispatcherApplication"));
    }

    @AfterEach
    void stops() {
        process.destroyForcibly();
    }

    private static Path jar() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("target"), "*-boot.jar")) {
            return files.iterator().next();
        }
    }

    @Test
    void areOneObjectALine() throws Exception {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (var line : Files.readAllLines(log)) {
            Map<?, ?> entry = Json.read(line.getBytes(UTF_8), Map.class);
            assertThat(entry.containsKey("@timestamp")).as(line).isTrue();
            assertThat(entry.containsKey("message")).as(line).isTrue();
        }
    }

    @Test
    void sayMoreWhenSomebodyAsks() throws Exception {
        var logger = "com.avoma.webhooks.dispatcher.intake";
        assertThat(level(logger)).contains("\"effectiveLevel\":\"INFO\"");
        var request =
                HttpRequest.newBuilder(loggers(logger))
                        .header("content-type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"configuredLevel\":\"DEBUG\"}"))
                        .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
        assertThat(level(logger)).contains("\"effectiveLevel\":\"DEBUG\"");
        var passedOn = HttpRequest.newBuilder(loggers(logger)).header("X-Real-IP", "10.1.2.3");
        assertThat(http.send(passedOn.build(), HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(403);
    }

    private String level(String logger) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(loggers(logger)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private URI loggers(String logger) {
        return URI.create("http://127.0.0.1:" + port + "/actuator/loggers/" + logger);
    }
}
