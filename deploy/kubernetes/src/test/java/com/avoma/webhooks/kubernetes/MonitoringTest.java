package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The Prometheus operator's part.
class MonitoringTest {
    private final Installation installation = Installation.of("production");

    @Test
    void scrapesEachServiceUnderItsName() {
        var monitor = installation.one("PodMonitor", "avoma-webhooks");
        var endpoint = Yaml.map(monitor, "spec", "podMetricsEndpoints", "0");
        List<String> jobs = new ArrayList<>();
        for (var job :
                Yaml.list(
                        Yaml.one(Installation.ROOT.resolve("deploy/prometheus/prometheus.yml")),
                        "scrape_configs")) {
            jobs.add(Yaml.text(job, "job_name"));
            assertThat(Yaml.text(job, "metrics_path")).isEqualTo(endpoint.get("path"));
        }
        var label = Yaml.text(monitor, "spec", "jobLabel");

        assertThat(
                        installation.workloads().stream()
                                .filter(workload ->
                                        Installation.selects(
                                                Yaml.at(monitor, "spec", "selector"),
                                                Installation.labels(workload)))
                                .map(workload -> Installation.labels(workload).get(label)))
                .containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(endpoint).containsEntry("port", "management");
    }

    @Test
    void makesTheOperatorsRulesOfPrometheusOwn() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder("sh", "prometheus-rules.sh")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        var rules = Yaml.documents(output);

        assertThat(rules)
                .extracting(rule -> Yaml.text(rule, "metadata", "name"))
                .containsExactlyInAnyOrder("avoma-webhooks-alerts", "avoma-webhooks-recording");
        for (Map<String, Object> rule : rules) {
            assertThat(Schemas.faults(rule)).isEmpty();
            var file = Yaml.text(rule, "metadata", "name").replace("avoma-webhooks-", "") + ".yml";
            assertThat(rule.get("spec"))
                    .isEqualTo(
                            Yaml.one(
                                    Installation.ROOT
                                            .resolve("deploy/prometheus/rules")
                                            .resolve(file)));
        }
    }
}
