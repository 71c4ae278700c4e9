package com.avoma.webhooks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.testing.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// What a Prometheus scrapes, and what docs/metrics.md says of it.
class MetricsIT {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern SAMPLE =
            Pattern.compile("^(webhooks_\\w+)(?:\\{(.*)})? ", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| `(webhooks_\\w+)` \\| (?:`(\\w+)`)?[^|]*\\| [^|]+ \\| [^|]+ \\|$",
                    Pattern.MULTILINE);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TopicProbe topics;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void startsTheService() {
        topics = new TopicProbe();
        service =
                new SpringApplication(DispatcherApplication.class)
                        .run(
                                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                                "--webhooks.topics.prefix=" + topics.prefix(),
                                "--webhooks.topics.partitions=2",
                                "--management.server.port=0");
    }

    @AfterAll
    static void stopsTheService() {
        if (service != null) {
            service.close();
        }
        topics.close();
    }

    @Test
    void areThoseOfThePageWithTheirLabels() throws IOException {
        assertThat(shown()).isEqualTo(documented());
    }

    @Test
    void showTheLagOfEveryTopicThatIsRead() {
        assertThat(scrape())
                .contains("webhooks_consumer_lag{topic=\"meeting-events\"}")
                .contains("webhooks_consumer_lag{topic=\"webhook-config\"}")
                .contains("webhooks_consumer_lag{topic=\"directory.organizations\"}")
                .contains("webhooks_consumer_lag{topic=\"directory.teams\"}")
                .contains("webhooks_consumer_lag{topic=\"directory.members\"}");
    }

    @Test
    void tellHowLongANewSnapshotTook() {
        snapshot(1, Instant.EPOCH); // part of a load
        snapshot(2, Instant.now());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> scrape().contains("webhooks_config_propagation_seconds_count 1\n"));
        assertThat(scrape()).contains("webhooks_config_propagation_seconds_bucket{le=");
    }

    private static void snapshot(long revision, Instant publishedAt) {
        var organization = new UUID(1, 1);
        topics.put(
                "webhook-config",
                organization,
                new OrganizationSnapshot(
                        organization, revision, publishedAt, List.of(), List.of()));
    }

    /// Names, without the suffixes of a histogram's series, and their labels.
    private static Map<String, Set<String>> shown() {
        Map<String, Set<String>> shown = new TreeMap<>();
        var samples = SAMPLE.matcher(scrape());
        while (samples.find()) {
            var name = samples.group(1).replaceFirst("_(bucket|count|sum|max)$", "");
            var labels = shown.computeIfAbsent(name, _ -> new TreeSet<>());
            if (samples.group(2) != null) {
                LABEL.matcher(samples.group(2)).results().forEach(l -> labels.add(l.group(1)));
            }
            labels.remove("le");
        }
        return shown;
    }

    private static Map<String, Set<String>> documented() throws IOException {
        var page = Files.readString(PAGE);
        var section = page.substring(page.indexOf("\n## dispatcher-service\n") + 1);
        int end = section.indexOf("\n## ");
        Map<String, Set<String>> documented = new TreeMap<>();
        ROW.matcher(end < 0 ? section : section.substring(0, end))
                .results()
                .forEach(row ->
                        documented.put(
                                row.group(1),
                                row.group(2) == null ? Set.of() : Set.of(row.group(2))));
        return documented;
    }

    private static String scrape() {
        var port = service.getEnvironment().getProperty("local.management.port");
        var address = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
