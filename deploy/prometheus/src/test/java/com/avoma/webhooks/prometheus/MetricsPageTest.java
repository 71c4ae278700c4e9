package com.avoma.webhooks.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every metric in the code is on the page, and every metric on the page is in the code.
class MetricsPageTest {
    private static final Pattern NAME = Pattern.compile("\"(webhooks(?:\\.[a-z]+)+)\"");

    /// What Prometheus names get behind those of the code, by their kind.
    private static final Set<String> SUFFIXES = Set.of("", "_total", "_seconds");

    @ParameterizedTest
    @ValueSource(strings = {"config-service", "dispatcher-service", "delivery-service"})
    void hasEveryMetricOfTheService(String service) throws IOException {
        var page = MetricsPage.read();
        var inCode = inCode(service);
        assertThat(inCode).isNotEmpty();
        for (var metric : inCode) {
            assertThat(SUFFIXES)
                    .as("docs/metrics.md, %s: no row for %s", service, metric)
                    .anyMatch(suffix -> page.has(service, metric + suffix));
        }
        for (var metric : page.rows().keySet()) {
            if (page.has(service, metric)) {
                assertThat(inCode)
                        .as("docs/metrics.md, %s: %s is not in the code", service, metric)
                        .contains(metric.replaceFirst("_(total|seconds)$", ""));
            }
        }
    }

    private static Set<String> inCode(String service) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("..", "..", service, "src", "main", "java"))) {
            for (var file : files.filter(f -> f.toString().endsWith("Metrics.java")).toList()) {
                NAME.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> names.add(found.group(1).replace('.', '_')));
            }
        }
        return names;
    }
}
