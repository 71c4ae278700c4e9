package com.avoma.webhooks.systemtests;

import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real Prometheus with the configuration and rules of `deploy/prometheus`; only the targets and
/// the intervals are a test's.
final class Prometheus implements AutoCloseable {
    private static final Path FILES = Path.of("..", "prometheus").toAbsolutePath().normalize();
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private Prometheus(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus")));
    }

    /// @param targets host and port of each job's only instance
    static Prometheus start(Path directory, Map<String, String> targets) throws IOException {
        var configuration = Files.readString(FILES.resolve("prometheus.yml"));
        configuration = configuration.replace("15s", "1s").replace("rules/", FILES + "/rules/");
        for (var target : targets.entrySet()) {
            var pattern = "\"" + target.getKey() + ":\\d+\"";
            configuration = configuration.replaceAll(pattern, "\"" + target.getValue() + "\"");
        }
        var file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        var address = "127.0.0.1:" + LoopbackPort.free();
        var process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + file,
                                "--storage.tsdb.path=" + directory.resolve("prometheus"),
                                "--web.listen-address=" + address)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("prometheus.log").toFile())
                        .start();
        var prometheus = new Prometheus(process, "http://" + address);
        Awaitility.await("Prometheus").atMost(START).until(prometheus::isReady);
        return prometheus;
    }

    /// The values of an instant query now; those that are not numbers are left out.
    List<Double> query(String expression) {
        var answer = get("/api/v1/query?query=" + encoded(expression));
        var json = JsonMapper.shared().readTree(answer.body());
        if (!json.path("status").asString().equals("success")) {
            throw new IllegalArgumentException(expression + ": " + answer.body());
        }
        return json.path("data").path("result").valueStream().map(Prometheus::value).toList();
    }

    private static double value(JsonNode sample) {
        return Double.parseDouble(sample.path("value").path(1).asString());
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("prometheus ended with " + process.exitValue());
        }
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
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
