package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.load.LoadPublisher;
import com.avoma.webhooks.benchmark.process.GcLog;
import com.avoma.webhooks.benchmark.report.ProcessFigures;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// (d): how late the requests of healthy webhooks arrive, from the moment a job should have been
/// published at a fixed rate to the receiver, first with every receiver healthy, then with a fifth
/// of them hanging for the whole deadline of an attempt.
public final class IsolationScenario {
    private static final String HANGING = "0,1";
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /// In which what the service needs to notice is over.
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final double MICROS_PER_MS = 1000;

    private IsolationScenario() {}

    /// One phase, a value for each run.
    private record Lateness(List<Double> p50, List<Double> p99) {}

    public static Result measure(Setting setting) throws IOException, InterruptedException {
        try (var parts = Parts.start(setting)) {
            var service = parts.startService(setting.flags());
            try (var publisher = parts.publisher()) {
                var drain = new Drain(service, publisher, parts.progress());
                for (int i = 0; i < 2; i++) {
                    drain.of(setting.jobs());
                }
                int skip = GcLog.lines(parts.gcLog());
                var serviceBegun = service.usage();
                var brokerBegun = parts.broker().usage();
                var healthy = phase(setting, parts, publisher, "hang");
                var disturbed = phase(setting, parts, publisher, "hang " + HANGING);
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

    private static Lateness phase(
            Setting setting, Parts parts, LoadPublisher publisher, String receivers)
            throws InterruptedException {
        parts.tell(receivers);
        publisher.publishAt(setting.rate(), SETTLING, Setting.BODY);
        parts.tell("lateness");
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (int i = 0; i < setting.runs(); i++) {
            publisher.publishAt(setting.rate(), WINDOW, Setting.BODY);
            var histogram = decoded(parts.tell("lateness"));
            p50.add(histogram.getValueAtPercentile(50) / MICROS_PER_MS);
            p99.add(histogram.getValueAtPercentile(99) / MICROS_PER_MS);
        }
        return new Lateness(p50, p99);
    }

    private static Result result(
            Setting setting, Lateness healthy, Lateness disturbed, List<ProcessFigures> processes) {
        double ratio =
                Series.of("p99", disturbed.p99()).median()
                        / Series.of("p99", healthy.p99()).median();
        return new Result(
                "d",
                "%d jobs a second, open loop, to %d webhooks; 2 of them hang in the second half"
                        .formatted(setting.rate(), Setting.WEBHOOKS),
                List.of(
                        Series.of("all healthy: p50, ms", healthy.p50()),
                        Series.of("all healthy: p99, ms", healthy.p99()),
                        Series.of("2 of 10 hanging: p50 of the others, ms", disturbed.p50()),
                        Series.of("2 of 10 hanging: p99 of the others, ms", disturbed.p99()),
                        new Series("ratio of the p99s", List.of(ratio), "below 1.10")),
                processes);
    }

    private static Histogram decoded(String base64) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)), 0);
        } catch (DataFormatException e) {
            throw new IllegalStateException("not a histogram", e);
        }
    }
}
