package com.avoma.webhooks.benchmark;

import com.avoma.webhooks.benchmark.delivery.DrainScenario;
import com.avoma.webhooks.benchmark.delivery.IsolationScenario;
import com.avoma.webhooks.benchmark.delivery.MemoryScenario;
import com.avoma.webhooks.benchmark.dispatch.DispatchScenario;
import com.avoma.webhooks.benchmark.growth.GrowthScenario;
import com.avoma.webhooks.benchmark.picture.Picture;
import com.avoma.webhooks.benchmark.product.LatencyScenario;
import com.avoma.webhooks.benchmark.product.StartScenario;
import com.avoma.webhooks.benchmark.report.ReportFile;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Table;
import com.avoma.webhooks.benchmark.setting.Setting;
import com.avoma.webhooks.embedded.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `./benchmark`: one scenario after the other, each with processes and a directory of its own.
/// Exit status 1: a scenario failed, 2: wrong arguments.
public final class Benchmark {
    private static final double KEPT_GOAL = 0.4;
    private static final double COLD_GOAL = 0.8;

    /// A dispatcher is so much quicker than deliveries are.
    private static final int EVENTS_PER_JOB = 2;

    private final Path repository;
    private final Options options;

    private Benchmark(Path repository, Options options) {
        this.repository = repository;
        this.options = options;
    }

    /// `Benchmark REPOSITORY [options]`, as the script at the root calls it.
    public static void main(String[] words) throws Exception {
        // before the first logger exists: logback's own default is DEBUG
        System.setProperty(
                "logback.configurationFile", "com/avoma/webhooks/embedded/process-logback.xml");
        var repository = Path.of(words[0]);
        var rest = List.of(words).subList(1, words.length);
        if (rest.contains("--help")) {
            System.out.print(Options.help());
            return;
        }
        try {
            var output = repository.resolve("deploy/benchmark/target/results");
            System.exit(new Benchmark(repository, Options.parse(rest, output)).run() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("benchmark: " + e.getMessage());
            System.exit(2);
        }
    }

    /// @return whether every scenario could be measured
    private boolean run() throws IOException, InterruptedException {
        var begun = Instant.now();
        List<Result> results = new ArrayList<>();
        boolean complete = true;
        var written = "";
        for (var scenario : options.scenarios()) {
            System.out.printf("%nMeasuring (%s): %s%n", scenario.letter(), scenario.title());
            var directory = Files.createTempDirectory("webhooks-benchmark-");
            try {
                var result = measure(scenario, directory);
                System.out.print(Table.of(result));
                results.add(result);
                written = write(begun, results);
            } catch (IllegalStateException | IOException e) {
                System.err.printf(
                        "benchmark: (%s) failed: %s%n", scenario.letter(), e.getMessage());
                complete = false;
            } finally {
                if (options.keep()) {
                    System.out.println("  logs and data: " + directory);
                } else {
                    DirectoryTree.delete(directory);
                }
            }
        }
        System.out.print(written);
        return complete;
    }

    /// After each scenario, so that a run that is ended has what it measured.
    private String write(Instant begun, List<Result> results) throws IOException {
        var report = ReportFile.write(options.output(), begun, results);
        var picture = Picture.write(report, ReportFile.machineText(), results);
        return "%nWritten to %s%nand, as a picture, %s%n".formatted(report, picture);
    }

    private Result measure(Scenario scenario, Path directory)
            throws IOException, InterruptedException {
        var setting = new Setting(repository, directory, options.extent(), options.serviceFlags());
        return switch (scenario) {
            case A -> new DrainScenario("a", false, KEPT_GOAL).measure(setting);
            case A2 -> new DrainScenario("a2", true, COLD_GOAL).measure(setting);
            case B ->
                    DispatchScenario.measure(
                            repository, directory, setting.jobs() * EVENTS_PER_JOB, setting.runs());
            case C -> LatencyScenario.measure(setting);
            case D -> IsolationScenario.measure(setting);
            case E -> MemoryScenario.measure(setting);
            case F -> StartScenario.measure(setting);
            case G -> GrowthScenario.measure(setting);
        };
    }
}
