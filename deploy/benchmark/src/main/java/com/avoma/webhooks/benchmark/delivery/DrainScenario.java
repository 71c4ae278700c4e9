package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.process.GcLog;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.report.Goal;
import com.avoma.webhooks.benchmark.report.ProcessFigures;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.setting.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// (a) and (a2): deliveries per CPU second of delivery-service, and requests per CPU second of a
/// bare client, in turns and to the same receiver. Each is warmed up on what it is measured by.
///
/// @param letter of the scenario
/// @param cold whether each delivery needs a connection of its own
/// @param goal of the ratio
public record DrainScenario(String letter, boolean cold, double goal) {
    private static final Duration BARE_LIMIT = Duration.ofMinutes(2);
    private static final int COLD_SHARE = 4;
    private static final int WARM_UPS = 24;

    /// The bare client is so much quicker that a run of as many would be over too soon.
    private static final int BARE_FACTOR = 4;

    public Result measure(Setting setting) throws IOException, InterruptedException {
        try (var parts = Parts.start(setting)) {
            var service = parts.startService(Parts.flags(setting));
            var bare = parts.startBareClient();
            try (var publisher = parts.publisher()) {
                var backlog = new Backlog(parts.drain(service), publisher);
                return measure(setting, parts, bare, service, backlog);
            }
        }
    }

    private Result measure(
            Setting setting,
            Parts parts,
            MeasuredProcess bare,
            MeasuredProcess service,
            Backlog backlog)
            throws IOException, InterruptedException {
        int jobs = cold ? Math.max(1, setting.jobs() / COLD_SHARE) : setting.jobs();
        int requests = cold ? jobs : jobs * BARE_FACTOR;
        // compilers first: connections that are kept make that quick
        backlog.drained(setting.jobs());
        parts.receiver().tell(cold ? "close on" : "close off");
        for (int i = 0; i < WARM_UPS; i++) {
            backlog.drained(jobs);
            run(bare, requests);
        }
        var threads = service.threads();
        int skip = GcLog.lines(parts.gcLog());
        var begun =
                List.of(
                        service.usage(),
                        bare.usage(),
                        parts.receiver().process().usage(),
                        parts.broker().usage());
        long received = parts.receiver().requests();
        List<Double> ours = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < setting.runs(); i++) {
            var figure = backlog.drained(jobs);
            double baseline = run(bare, requests);
            ours.add(figure.perCpuSecond());
            wall.add(figure.perSecond());
            theirs.add(baseline);
            ratios.add(figure.perCpuSecond() / baseline);
        }
        received = parts.receiver().requests() - received;
        long expected = (long) setting.runs() * (jobs + requests);
        var processes =
                List.of(
                        ProcessFigures.of(service, begun.get(0))
                                .with(GcLog.read(parts.gcLog(), skip))
                                .with(threads, service.threads()),
                        ProcessFigures.of(bare, begun.get(1)),
                        ProcessFigures.of(parts.receiver().process(), begun.get(2)),
                        ProcessFigures.of(parts.broker(), begun.get(3)));
        return new Result(
                letter,
                title(jobs),
                List.of(
                        Series.of("delivery-service, deliveries per CPU s", ours),
                        Series.of("bare Netty client, requests per CPU s", theirs),
                        new Series("ratio", ratios, Goal.atLeast(goal)),
                        Series.of("delivery-service, deliveries per s (wall)", wall),
                        new Series(
                                "requests received more than once",
                                List.of((double) received - expected),
                                Goal.exactly(0))),
                processes);
    }

    private String title(int jobs) {
        return "%s, HTTP/1.1, TLS 1.3, %d webhooks, bodies of %d bytes, %d jobs a run"
                .formatted(
                        cold ? "a new connection for each delivery" : "connections kept",
                        Setting.WEBHOOKS,
                        Setting.BODY,
                        jobs);
    }

    /// @return requests per CPU second
    private static double run(MeasuredProcess bare, int requests) throws InterruptedException {
        var before = bare.usage();
        bare.ask("run " + requests, BARE_LIMIT);
        return requests / (bare.usage().since(before).cpu().toNanos() / 1e9);
    }
}
