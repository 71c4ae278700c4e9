package com.avoma.webhooks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The log as the images have it: one JSON object a line, by the Elastic Common Schema.
class LogsIT {
    private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final TopicProbe topics = new TopicProbe();
    private DispatcherProcess process;

    @BeforeEach
    void starts() {
        process =
                DispatcherProcess.start(
                        "logs",
                        topics.prefix(),
                        "--webhooks.topics.partitions=2",
                        "--logging.structured.format.console=ecs");
        await("start")
                .atMost(Duration.ofMinutes(2))
                .until(() -> process.log().contains("Started DispatcherApplication"));
    }

    @AfterEach
    void stops() {
        process.close();
        topics.close();
    }

    @Test
    void areOneObjectALine() {
        process.terminate();
        for (var line : process.log().lines().toList()) {
            Map<?, ?> entry = Json.read(line.getBytes(), Map.class);
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
    }

    private String level(String logger) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(loggers(logger)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private URI loggers(String logger) {
        var port = PORT.matcher(process.log());
        assertThat(port.find()).isTrue();
        return URI.create("http://127.0.0.1:" + port.group(1) + "/actuator/loggers/" + logger);
    }
}
