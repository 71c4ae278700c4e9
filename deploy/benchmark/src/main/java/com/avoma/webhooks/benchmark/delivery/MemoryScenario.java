package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.load.Body;
import com.avoma.webhooks.benchmark.load.LoadPublisher;
import com.avoma.webhooks.benchmark.process.GcLog;
import com.avoma.webhooks.benchmark.report.Goal;
import com.avoma.webhooks.benchmark.report.ProcessFigures;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.setting.Setting;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// (e): a backlog of small and large bodies, a fifth of it for receivers that hang, and a small
/// heap. What counts is that the service is still there at the end and has sent what can be sent.
public final class MemoryScenario {
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final long LOOK_MS = 200;
    private static final int BACKLOG_FACTOR = 6;
    private static final int LARGE = 256 * 1024;
    private static final int MIDDLING = 16 * 1024;

    private MemoryScenario() {}

    /// One process at one size of heap.
    private record Outcome(boolean alive, double share, ProcessFigures figures) {}

    public static Result measure(Setting setting) throws IOException, InterruptedException {
        int jobs = setting.jobs() * BACKLOG_FACTOR;
        List<Series> series = new ArrayList<>();
        List<ProcessFigures> processes = new ArrayList<>();
        for (int heap : List.of(256, 128)) {
            var outcome = measure(setting, heap, jobs);
            series.add(
                    new Series(
                            heap + " MiB: alive at the end, 1 = yes",
                            List.of(outcome.alive() ? 1.0 : 0.0),
                            Goal.exactly(1)));
            series.add(
                    new Series(
                            heap + " MiB: share of the healthy webhooks' jobs that was sent",
                            List.of(outcome.share()),
                            Goal.exactly(1)));
            processes.add(outcome.figures());
        }
        return new Result(
                "e",
                "a backlog of %,d jobs, 2 KiB to 256 KiB, 2 of %d receivers hanging"
                        .formatted(jobs, Setting.WEBHOOKS),
                series,
                processes);
    }

    private static Outcome measure(Setting setting, int heap, int jobs)
            throws IOException, InterruptedException {
        try (var parts = Parts.start(setting.in("heap-" + heap));
                var publisher = parts.publisher()) {
            parts.receiver().tell("hang 0,1");
            var service = parts.startService(ServiceFlags.withHeap(setting, heap));
            var begun = service.usage();
            var progress = parts.progress();
            var attempts = new Topics("").deliveryAttempts();
            long micros = LoadPublisher.micros(Instant.now());
            publisher.publish(jobs, number -> body(micros, number));
            long healthy = jobs * 8L / 10;
            long deadline = System.nanoTime() + LIMIT.toNanos();
            long sent = 0;
            while (service.isAlive() && sent < healthy && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MS);
                sent = Math.min(healthy, progress.records(attempts));
            }
            boolean alive = service.isAlive() && !service.printed().contains("OutOfMemoryError");
            var figures =
                    service.isAlive()
                            ? ProcessFigures.of(service, begun)
                            : ProcessFigures.of(service.name(), begun.since(begun));
            return new Outcome(
                    alive,
                    (double) sent / healthy,
                    figures.named("delivery, " + heap + " MiB").with(GcLog.read(parts.gcLog(), 0)));
        }
    }

    /// Nine in ten are small, one in fifty is as large as may be.
    private static Payload body(long micros, long number) {
        // by tens, so that each webhook gets some of every size
        long turn = number / Setting.WEBHOOKS;
        int length = turn % 50 == 0 ? LARGE : turn % 10 == 1 ? MIDDLING : Setting.BODY;
        return Body.of(micros, number, length);
    }
}
