package com.avoma.webhooks.prometheus;

import static com.avoma.webhooks.prometheus.YamlFiles.list;
import static com.avoma.webhooks.prometheus.YamlFiles.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules are what Prometheus takes, fire when they shall and only then, ask for metrics that
/// there are, and send whom they wake to a runbook that there is.
class RulesTest {
    private static final Path ALERTS = Path.of("rules", "alerts.yml");
    private static final Pattern METRIC = Pattern.compile("\\bwebhooks_\\w+");
    private static final Pattern RECORDED = Pattern.compile("\\bwebhooks:[\\w:]+");

    @Test
    void areWhatPrometheusTakes() throws Exception {
        assertThat(promtool("check", "config", "prometheus.yml")).contains("SUCCESS");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fireWhenTheyShallAndOnlyThen(Path cases) throws Exception {
        assertThat(promtool("test", "rules", cases.toString())).contains("SUCCESS");
    }

    @Test
    void haveACaseThatFiresAndOneThatMustNot() throws IOException {
        for (var alert : alerts()) {
            var tests = new ArrayList<Map<?, ?>>();
            for (var file : cases().toList()) {
                tests.addAll(list(yaml(file), "tests"));
            }
            var cases =
                    tests.stream()
                            .flatMap(test -> list(test, "alert_rule_test").stream())
                            .filter(test -> alert.get("alert").equals(test.get("alertname")))
                            .toList();
            assertThat(cases).as(alert + "").anyMatch(test -> test.containsKey("exp_alerts"));
            assertThat(cases).as(alert + "").anyMatch(test -> !test.containsKey("exp_alerts"));
        }
    }

    @Test
    void nameARunbookThatThereIs() throws IOException {
        for (var alert : alerts()) {
            var runbook = ((Map<?, ?>) alert.get("annotations")).get("runbook").toString();
            var name = alert.get("alert").toString();
            assertThat(runbook).isEqualTo("docs/operations.md#" + name.toLowerCase());
            assertThat(Files.readAllLines(Path.of("..", "..", "docs", "operations.md")))
                    .contains("### " + name);
        }
    }

    @Test
    void askForMetricsThatThereAre() throws IOException {
        Set<String> known = new TreeSet<>(MetricsPage.read().rows().keySet());
        Set<String> recorded = new TreeSet<>();
        Set<String> asked = new TreeSet<>();
        for (var rule : rules()) {
            if (rule.containsKey("record")) {
                recorded.add(rule.get("record").toString());
            }
        }
        for (var rule : rules()) {
            var expression = rule.get("expr").toString();
            METRIC.matcher(expression)
                    .results()
                    .forEach(m -> asked.add(m.group().replaceFirst("_(bucket|sum|count)$", "")));
            RECORDED.matcher(expression)
                    .results()
                    .forEach(m -> assertThat(recorded).contains(m.group()));
        }
        assertThat(known).containsAll(asked);
    }

    private static Stream<Path> cases() throws IOException {
        try (var files = Files.list(Path.of("tests"))) {
            return files.sorted().toList().stream();
        }
    }

    private static List<Map<?, ?>> alerts() throws IOException {
        return rules().stream().filter(rule -> rule.containsKey("alert")).toList();
    }

    private static List<Map<?, ?>> rules() throws IOException {
        List<Map<?, ?>> rules = new ArrayList<>();
        for (var file : List.of(ALERTS, Path.of("rules", "recording.yml"))) {
            for (var group : list(yaml(file), "groups")) {
                rules.addAll(list(group, "rules"));
            }
        }
        return rules;
    }

    /// Runs it and returns what it says.
    private static String promtool(String... words) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                isThere(), "no promtool on the path: the rules are not put to Prometheus itself");
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
