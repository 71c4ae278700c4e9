package com.avoma.webhooks.benchmark.report;

import com.avoma.webhooks.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The results as JSON, with the machine they were measured on: absolute figures are of no use
/// without it.
public final class ReportFile {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String CPUINFO = "/proc/cpuinfo";

    private ReportFile() {}

    /// Writes `benchmark-TIME.json`, in place of an earlier one of that time.
    ///
    /// @param begun when the benchmark began
    /// @return the file
    public static Path write(Path directory, Instant begun, List<Result> results)
            throws IOException {
        Files.createDirectories(directory);
        var file = directory.resolve("benchmark-" + NAME.format(begun) + ".json");
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("at", begun);
        report.put("machine", machine());
        report.put("results", results.stream().map(ReportFile::fields).toList());
        Files.write(file, Json.write(report));
        return file;
    }

    /// In a line.
    public static String machineText() throws IOException {
        var machine = machine();
        return "%s processors (%s), %s, Java %s"
                .formatted(
                        machine.get("processors"),
                        machine.get("processor"),
                        machine.get("os"),
                        machine.get("java"));
    }

    private static Map<String, Object> machine() throws IOException {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("processor", processor());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vm.version"));
        return machine;
    }

    private static String processor() throws IOException {
        var file = Path.of(CPUINFO);
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseGet(() -> System.getProperty("os.arch"));
    }

    private static Map<String, Object> fields(Result result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scenario", result.scenario());
        fields.put("title", result.title());
        fields.put("figures", result.series().stream().map(ReportFile::fields).toList());
        fields.put("lateness", result.lateness().stream().map(ReportFile::fields).toList());
        fields.put("processes", result.processes().stream().map(ReportFile::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Series series) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", series.name());
        fields.put("median", series.median());
        fields.put("min", series.min());
        fields.put("max", series.max());
        fields.put("values", series.values());
        if (series.goal() != null) {
            fields.put("goal", series.goal().text());
        }
        return fields;
    }

    private static Map<String, Object> fields(Lateness lateness) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", lateness.name());
        fields.put("per_second", lateness.rate());
        fields.put("rate_kept", lateness.isKept());
        fields.put("ms", lateness.percentiles().stream().map(ReportFile::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(ProcessFigures process) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", process.name());
        fields.put("user_seconds", process.usage().user().toMillis() / 1e3);
        fields.put("system_seconds", process.usage().system().toMillis() / 1e3);
        fields.put("peak_resident_bytes", process.usage().peakBytes());
        Map<String, Double> threads = new LinkedHashMap<>();
        process.threads().forEach((name, cpu) -> threads.put(name, cpu.toMillis() / 1e3));
        fields.put("thread_seconds", threads);
        if (process.heap() != null) {
            fields.put("peak_heap_bytes", process.heap().peakBytes());
            fields.put("live_heap_bytes", process.heap().liveBytes());
        }
        return fields;
    }
}
