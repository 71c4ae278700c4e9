package com.avoma.webhooks.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What docs/metrics.md says: the services of each metric.
record MetricsPage(Map<String, String> rows) {
    private static final Pattern HEADING = Pattern.compile("^## ([a-z]+-service)$");
    private static final Pattern ROW = Pattern.compile("^\\| `(webhooks_\\w+)` \\|.*");

    static MetricsPage read() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        var service = "";
        for (var line : Files.readAllLines(Path.of("..", "..", "docs", "metrics.md"))) {
            var heading = HEADING.matcher(line);
            var row = ROW.matcher(line);
            if (heading.matches()) {
                service = heading.group(1);
            } else if (row.matches()) {
                rows.merge(row.group(1), service, (a, b) -> a + " " + b);
            }
        }
        return new MetricsPage(rows);
    }

    boolean has(String service, String metric) {
        return rows.getOrDefault(metric, "").contains(service);
    }
}
