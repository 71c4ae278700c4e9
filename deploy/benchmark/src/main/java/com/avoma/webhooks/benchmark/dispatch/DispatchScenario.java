package com.avoma.webhooks.benchmark.dispatch;

import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.report.Goal;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// (b): [DispatchBenchmark] as a process of its own, and what it prints.
public final class DispatchScenario {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern ROUND =
            Pattern.compile(
                    "round \\d+: dispatcher-service ([\\d,]+)/CPU s .*; bare loop ([\\d,]+)/CPU s .*; ratio ([\\d.]+)");

    private DispatchScenario() {}

    /// @param repository where the services' sources are
    /// @param directory where its log goes
    /// @param events in a run
    public static Result measure(Path repository, Path directory, int events, int runs)
            throws IOException, InterruptedException {
        var command =
                JavaCommand.of(
                        DispatchBenchmark.class,
                        List.of("-Xmx256m", "-Dbenchmark.repository=" + repository),
                        List.of(Integer.toString(events), Integer.toString(runs)));
        List<Double> ours = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (var process = MeasuredProcess.start("dispatch", command, directory, "warm-up:")) {
            process.awaitEnd(LIMIT);
            var rounds = ROUND.matcher(process.printed());
            while (rounds.find()) {
                ours.add(number(rounds.group(1)));
                floors.add(number(rounds.group(2)));
                ratios.add(number(rounds.group(3)));
            }
            if (ratios.size() != runs) {
                throw new IllegalStateException("dispatch:\n" + process.printed());
            }
        }
        return new Result(
                "b",
                "exactly-once, one match an event, bodies of 2048 bytes, %d events a run"
                        .formatted(events),
                List.of(
                        Series.of("dispatcher-service, events per CPU s", ours),
                        Series.of("bare consume-and-produce loop, per CPU s", floors),
                        new Series("ratio", ratios, Goal.atLeast(0.5))),
                List.of());
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }
}
