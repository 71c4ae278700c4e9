package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.load.LoadPublisher;
import com.avoma.webhooks.benchmark.load.Settling;
import com.avoma.webhooks.benchmark.process.GcLog;
import com.avoma.webhooks.benchmark.report.Goal;
import com.avoma.webhooks.benchmark.report.Lateness;
import com.avoma.webhooks.benchmark.report.ProcessFigures;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.setting.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// (d): how late the requests of healthy webhooks are answered, from the moment a job should have
/// been published at a fixed rate, first with every receiver healthy, then with a fifth of them
/// hanging for the whole deadline of an attempt.
public final class IsolationScenario {
    private static final List<String> HANGING = List.of("0", "1");
    private static final Duration WINDOW = Duration.ofSeconds(20);

    /// In which what the service needs to notice is over.
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final int LONGEST_WARM_UP = 15;
    private static final double GOAL = 1.1;

    private IsolationScenario() {}

    public static Result measure(Setting setting) throws IOException, InterruptedException {
        try (var parts = Parts.start(setting)) {
            var service = parts.startService(Parts.flags(setting));
            try (var publisher = parts.publisher()) {
                var backlog = new Backlog(parts.drain(service), publisher);
                for (int i = 0; i < 2; i++) {
                    backlog.drained(setting.jobs());
                }
                warmUp(setting, parts, publisher);
                int skip = GcLog.lines(parts.gcLog());
                var serviceBegun = service.usage();
                var brokerBegun = parts.broker().usage();
                var healthy = phase(setting, parts, publisher, List.of());
                var disturbed = phase(setting, parts, publisher, HANGING);
                return result(
                        setting,
                        healthy,
                        disturbed,
                        List.of(
                                ProcessFigures.of(service, serviceBegun)
                                        .with(GcLog.read(parts.gcLog(), skip)),
                                ProcessFigures.of(parts.broker(), brokerBegun)));
            }
        }
    }

    /// Or the half that comes first would be the slower one for its place alone.
    private static void warmUp(Setting setting, Parts parts, LoadPublisher publisher)
            throws InterruptedException {
        var _ = parts.receiver().lateness();
        Settling.settle(
                setting.extent().quick() ? 1 : LONGEST_WARM_UP,
                () -> {
                    publisher.publishAt(setting.rate(), WINDOW, Setting.BODY);
                    return parts.receiver().lateness().getValueAtPercentile(50);
                });
    }

    /// @param hanging the numbers of the receiver's ports that hang
    private static Lateness phase(
            Setting setting, Parts parts, LoadPublisher publisher, List<String> hanging)
            throws InterruptedException {
        var receiver = parts.receiver();
        receiver.tell("hang " + String.join(",", hanging));
        publisher.publishAt(setting.rate(), SETTLING, Setting.BODY);
        var _ = receiver.lateness();
        List<Histogram> runs = new ArrayList<>();
        for (int i = 0; i < setting.runs(); i++) {
            publisher.publishAt(setting.rate(), WINDOW, Setting.BODY);
            runs.add(receiver.lateness());
        }
        var name =
                hanging.isEmpty()
                        ? "all healthy"
                        : "%d of %d hanging: the others"
                                .formatted(hanging.size(), Setting.WEBHOOKS);
        return Lateness.of(name, setting.rate(), true, runs);
    }

    private static Result result(
            Setting setting, Lateness healthy, Lateness disturbed, List<ProcessFigures> processes) {
        double ratio = disturbed.at(99).median() / healthy.at(99).median();
        return new Result(
                "d",
                "%d jobs a second, open loop, to %d webhooks; %d of them hang in the second half"
                        .formatted(setting.rate(), Setting.WEBHOOKS, HANGING.size()),
                List.of(new Series("ratio of the p99s", List.of(ratio), Goal.below(GOAL))),
                List.of(healthy, disturbed),
                processes);
    }
}
