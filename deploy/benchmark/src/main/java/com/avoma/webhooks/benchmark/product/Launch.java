package com.avoma.webhooks.benchmark.product;

import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.setting.Setting;
import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.quickstart.lifecycle.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a service is started, and when it is ready: its own readiness says so.
///
/// @param jar the program, unpacked
/// @param options of its JVM
/// @param directory for its log
/// @param port of its management, free a moment ago
record Launch(
        Surroundings surroundings,
        Service service,
        Path jar,
        List<String> options,
        Path directory,
        int port) {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    /// Short beside a start, and long enough to cost next to nothing.
    private static final long LOOK_MS = 10;

    /// As the image does it.
    static Launch packaged(Setting setting, Surroundings surroundings, Service service)
            throws IOException, InterruptedException {
        var packaged = setting.service(service.moduleName());
        return new Launch(
                surroundings,
                service,
                packaged.unpackedIn(setting.directory()),
                packaged.options(),
                setting.directory(),
                LoopbackPort.free());
    }

    Launch with(List<String> otherOptions) {
        return new Launch(surroundings, service, jar, otherOptions, directory, port);
    }

    /// A service that is ready.
    ///
    /// @param after the start of its process
    record Started(MeasuredProcess process, Duration after) {}

    List<String> command() {
        return JavaCommand.of(jar, options, surroundings.arguments(service, port));
    }

    Started start() throws IOException, InterruptedException {
        var ready = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
        var command = command();
        try (var readiness = new Readiness()) {
            long begun = System.nanoTime();
            var process = MeasuredProcess.spawn(service.moduleName(), command, directory);
            try {
                while (!readiness.isReady(ready)) {
                    process.check(begun + LIMIT.toNanos(), "not ready");
                    Thread.sleep(LOOK_MS);
                }
            } catch (IllegalStateException | InterruptedException e) {
                process.close();
                throw e;
            }
            return new Started(process, Duration.ofNanos(System.nanoTime() - begun));
        }
    }
}
