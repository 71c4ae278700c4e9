package com.avoma.webhooks.benchmark.product;

import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A cache of a program's classes, loaded, linked and profiled ahead of time (JEP 483, 514, 515).
/// The image is built with one of a start in which nothing is made before it is asked for; this one
/// is of a whole start.
///
/// @param file of the cache
record AotCache(Path file) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /// Makes it by a start that ends as soon as the application's context is there.
    ///
    /// @param launch as it is without a cache; the cache holds for its program and options
    static AotCache of(Launch launch) throws IOException, InterruptedException {
        var name = launch.service().moduleName();
        var file = launch.directory().resolve(name + ".aot");
        List<String> options = new ArrayList<>(launch.options());
        options.add("-XX:AOTCacheOutput=" + file);
        options.add("-Dspring.context.exit=onRefresh");
        var command = launch.with(options).command();
        try (var training =
                MeasuredProcess.spawn(name + "-training", command, launch.directory())) {
            training.awaitEnd(LIMIT);
            if (!Files.exists(file)) {
                throw new IllegalStateException(
                        "no cache of " + name + " was made\n" + training.end());
            }
        }
        return new AotCache(file);
    }

    /// The options of a JVM that takes it, and refuses to start without it.
    List<String> options(List<String> others) {
        List<String> options = new ArrayList<>(others);
        options.add("-XX:AOTCache=" + file);
        options.add("-XX:AOTMode=on");
        return options;
    }

    double mebibytes() throws IOException {
        return Files.size(file) / (1024.0 * 1024);
    }
}
