package com.avoma.webhooks.prometheus;

import static com.avoma.webhooks.prometheus.YamlFiles.list;
import static com.avoma.webhooks.prometheus.YamlFiles.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Grafana shows: each panel says what it means, asks for metrics that there are, and has a
/// place of its own. Whether the queries have data is asked of a real Prometheus in the system
/// tests.
class DashboardsTest {
    private static final Path DASHBOARDS = Path.of("..", "grafana", "dashboards");
    private static final Pattern METRIC = Pattern.compile("\\bwebhooks_\\w+");
    private static final Pattern ALERT = Pattern.compile("the alert (\\w+)");
    private static final int WIDTH = 24;

    @ParameterizedTest
    @MethodSource("dashboards")
    void askForMetricsThatThereAre(Path dashboard) throws IOException {
        Set<String> asked = new TreeSet<>();
        for (var panel : panels(dashboard)) {
            for (var target : list(panel, "targets")) {
                METRIC.matcher(target.get("expr").toString())
                        .results()
                        .forEach(
                                m -> asked.add(m.group().replaceFirst("_(bucket|sum|count)$", "")));
            }
        }
        assertThat(MetricsPage.read().rows().keySet()).containsAll(asked);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void sayWhatEachPanelMeans(Path dashboard) throws IOException {
        assertThat(panels(dashboard)).isNotEmpty();
        for (var panel : panels(dashboard)) {
            assertThat(panel.get("title").toString()).isNotBlank();
            assertThat(panel.get("description").toString())
                    .as(panel.get("title").toString())
                    .endsWith(".");
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void nameAlertsThatThereAre(Path dashboard) throws IOException {
        var alerts = Files.readString(Path.of("rules", "alerts.yml"));
        for (var panel : panels(dashboard)) {
            ALERT.matcher(panel.get("description").toString())
                    .results()
                    .forEach(m -> assertThat(alerts).contains("- alert: " + m.group(1) + "\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void giveEachPanelAPlaceOfItsOwn(Path dashboard) throws IOException {
        Set<List<Integer>> taken = new HashSet<>();
        Set<Object> ids = new HashSet<>();
        for (var panel : panels(dashboard)) {
            assertThat(ids.add(panel.get("id"))).isTrue();
            var place = (Map<?, ?>) panel.get("gridPos");
            int left = (Integer) place.get("x");
            int top = (Integer) place.get("y");
            int right = left + (Integer) place.get("w");
            assertThat(right).isLessThanOrEqualTo(WIDTH);
            for (int x = left; x < right; x++) {
                for (int y = top; y < top + (Integer) place.get("h"); y++) {
                    assertThat(taken.add(List.of(x, y))).as(panel.get("title") + "").isTrue();
                }
            }
        }
    }

    @Test
    void goByTheSourceThatIsProvisioned() throws IOException {
        var sources = Path.of("..", "grafana", "provisioning", "datasources", "prometheus.yaml");
        var uid = list(yaml(sources), "datasources").getFirst().get("uid");
        Set<Object> names = new HashSet<>();
        for (var dashboard : dashboards().toList()) {
            var uidOfDashboard = yaml(dashboard).get("uid").toString();
            assertThat(dashboard.getFileName()).hasToString(uidOfDashboard + ".json");
            assertThat(names.add(yaml(dashboard).get("title"))).isTrue();
            for (var panel : panels(dashboard)) {
                for (var target : list(panel, "targets")) {
                    assertThat(((Map<?, ?>) target.get("datasource")).get("uid")).isEqualTo(uid);
                }
            }
        }
    }

    private static Stream<Path> dashboards() throws IOException {
        try (var files = Files.list(DASHBOARDS)) {
            return files.sorted().toList().stream();
        }
    }

    private static List<Map<?, ?>> panels(Path dashboard) throws IOException {
        return list(yaml(dashboard), "panels");
    }
}
