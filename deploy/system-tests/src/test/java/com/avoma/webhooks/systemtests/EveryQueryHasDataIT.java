package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/// A real Prometheus scrapes the running services: what rules and dashboards ask for is there, and
/// an alert fires.
class EveryQueryHasDataIT {
    private static final Path RULES = Path.of("..", "prometheus", "rules");
    private static final Path DASHBOARDS = Path.of("..", "grafana", "dashboards");
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(?:webhooks[:_][\\w:]+|up)(?:\\{[^}]*})?");

    @TempDir private static Path directory;
    private static Platform platform;
    private static Receiver receiver;
    private static Prometheus prometheus;

    @BeforeAll
    static void causesEverythingThereIsToMeasure() throws IOException {
        Assumptions.assumeTrue(
                Prometheus.isInstalled(),
                "no prometheus on the path: rules and dashboards are not put to the services");
        platform = Platform.start("WEBHOOKS_DELIVERY_RETRY_DELAYS=1s");
        prometheus =
                Prometheus.start(
                        directory,
                        Map.of(
                                "config-service", target("CONFIG_MANAGEMENT_URL"),
                                "dispatcher-service", target("DISPATCHER_MANAGEMENT_URL"),
                                "delivery-service", target("DELIVERY_MANAGEMENT_URL")));
        Awaitility.await("the first scrapes")
                .atMost(Duration.ofMinutes(1))
                .until(() -> prometheus.query("up == 1").size() == 3);
        receiver = platform.receiver();
        platform.api().rotateSecret();
        platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.publish(aiNotes());
        // a rate needs a value from before
        Awaitility.await("the first delivery in Prometheus")
                .atMost(Duration.ofMinutes(1))
                .until(() -> !prometheus.query("webhooks_end_to_end_seconds_count").isEmpty());
        platform.publish(aiNotes());
        receiver.awaitDeliveries(2);
        receiver.answers(503, 500);
        platform.publish(
                aiNotes().saying("{\"event_type\":\"AINOTE\",\"subject\":12345678901234567890}"));
        platform.publish(aiNotes().saying("no JSON"));
        receiver.awaitDeliveries(4);
    }

    @AfterAll
    static void stops() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (receiver != null) {
            receiver.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void ofRules() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (var file : List.of("recording.yml", "alerts.yml")) {
            Map<String, List<Map<String, List<Map<String, Object>>>>> yaml =
                    new Yaml().load(Files.readString(RULES.resolve(file)));
            for (var group : yaml.get("groups")) {
                for (var rule : group.get("rules")) {
                    SELECTOR.matcher(rule.get("expr").toString())
                            .results()
                            .forEach(match -> asked.add(match.group()));
                }
            }
        }
        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(withoutData(asked)).isEmpty();
    }

    @Test
    void ofDashboards() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (var files = Files.list(DASHBOARDS)) {
            for (var file : files.toList()) {
                for (var panel : JsonMapper.shared().readTree(file).path("panels")) {
                    for (var target : panel.path("targets")) {
                        asked.add(
                                target.path("expr")
                                        .asString()
                                        .replace("$__rate_interval", "1m")
                                        .replace("$job", ".*"));
                    }
                }
            }
        }
        assertThat(asked).hasSizeGreaterThan(40);
        assertThat(withoutData(asked)).isEmpty();
    }

    @Test
    void wakesSomebodyForARecordThatCouldNotBeRouted() {
        Awaitility.await("the alert")
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        !prometheus
                                .query(
                                        "ALERTS{alertname=\"EventsDeadLettered\",alertstate=\"firing\"}")
                                .isEmpty());
    }

    /// What still has none after a while. Rates need two scrapes.
    private static Set<String> withoutData(Set<String> queries) {
        Set<String> empty = new TreeSet<>(queries);
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        empty.removeIf(query ->
                                prometheus.query(query).stream().anyMatch(v -> !v.isNaN()));
                        return empty.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            return empty; // the caller says which
        }
        return empty;
    }

    private static String target(String variable) {
        return platform.variable(variable).replaceFirst("^http://", "").replaceFirst("/.*", "");
    }
}
