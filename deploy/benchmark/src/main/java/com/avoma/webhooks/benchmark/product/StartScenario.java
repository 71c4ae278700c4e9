package com.avoma.webhooks.benchmark.product;

import com.avoma.webhooks.benchmark.parts.OpenParts;
import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.setting.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// (f): from the start of a service's process until it is ready, and the memory that it has by
/// then, without the image's cache of classes and with an [AotCache]; and a JVM that does nothing.
/// The topics, and the tables of the database, are there already.
public final class StartScenario {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Setting setting;
    private final Surroundings surroundings;

    private StartScenario(Setting setting, Surroundings surroundings) {
        this.setting = setting;
        this.surroundings = surroundings;
    }

    public static Result measure(Setting setting) throws IOException, InterruptedException {
        try (var parts = new OpenParts(setting.directory())) {
            return new StartScenario(setting, Surroundings.start(parts)).measure();
        }
    }

    private Result measure() throws IOException, InterruptedException {
        List<Series> series = new ArrayList<>(bareProgram().series());
        for (var service : Service.values()) {
            series.addAll(of(service));
        }
        return new Result(
                "f",
                "from exec to ready, with the options of the image in 1 GiB; each alone beside the broker and the database",
                series,
                List.of());
    }

    /// With a cache and without, in turns.
    private List<Series> of(Service service) throws IOException, InterruptedException {
        var launch = Launch.packaged(setting, surroundings, service);
        var name = service.moduleName();
        // makes topics and tables, and brings the files into the system's cache
        launch.start().process().close();
        var cache = AotCache.of(launch);
        var cached = launch.with(cache.options(launch.options()));
        var starts = new Starts(name);
        var cachedStarts = new Starts(name + ", AOT cache");
        for (int i = 0; i < setting.runs(); i++) {
            boolean isLast = i == setting.runs() - 1;
            add(starts, launch, isLast);
            add(cachedStarts, cached, isLast);
        }
        List<Series> series = new ArrayList<>(starts.series());
        series.addAll(cachedStarts.series());
        series.add(
                Series.of(
                        "ratio: start of " + name + ", AOT cache", cachedStarts.ratiosTo(starts)));
        series.add(Series.of(name + ", AOT cache: size of the file, MiB", cache.mebibytes()));
        return series;
    }

    /// @param isLast whether it is also seen how much memory it has when it has been idle
    private void add(Starts starts, Launch launch, boolean isLast)
            throws IOException, InterruptedException {
        var started = launch.start();
        try (var process = started.process()) {
            starts.add(process, started.after());
            if (isLast) {
                starts.addIdle(process, Duration.ofSeconds(setting.extent().quick() ? 5 : 30));
            }
        }
    }

    private Starts bareProgram() throws IOException, InterruptedException {
        var options = setting.service(Service.DELIVERY.moduleName()).options();
        var command = JavaCommand.of(BareProgram.class, options, List.of());
        var starts = new Starts("a JVM that prints a line");
        for (int i = -1; i < setting.runs(); i++) {
            long begun = System.nanoTime();
            try (var process = MeasuredProcess.spawn("bare", command, setting.directory())) {
                while (!process.printed().contains(BareProgram.READY)) {
                    if (System.nanoTime() - begun > LIMIT.toNanos() || !process.isAlive()) {
                        throw new IllegalStateException("bare program\n" + process.end());
                    }
                    Thread.sleep(1);
                }
                if (i >= 0) {
                    starts.add(process, Duration.ofNanos(System.nanoTime() - begun));
                }
            }
        }
        return starts;
    }
}
