package com.avoma.webhooks.benchmark.setting;

import com.avoma.webhooks.benchmark.process.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What holds for a scenario.
///
/// @param repository where the services were built
/// @param directory of one scenario's logs and data
/// @param serviceFlags JVM flags of delivery-service; empty: those that it has in production
public record Setting(Path repository, Path directory, Extent extent, List<String> serviceFlags) {
    /// A port of the receiver each.
    public static final int WEBHOOKS = 10;

    public static final int BODY = 2048;

    /// What `webhooks.delivery.in-flight-per-webhook` is by default.
    public static final int IN_FLIGHT_PER_WEBHOOK = 32;

    public int runs() {
        return extent.runs();
    }

    public int jobs() {
        return extent.jobs();
    }

    public int rate() {
        return extent.rate();
    }

    /// In a run where it is seen how a cost grows: there are many of those.
    public int growthJobs() {
        return Math.max(1, jobs() / 3);
    }

    /// Runs there.
    public int growthRuns() {
        return extent.quick() ? 1 : Math.min(runs(), 3);
    }

    /// Drains before them that do not count.
    public int growthWarmUps() {
        return extent.quick() ? 1 : 3;
    }

    public PackagedService service(String name) {
        return new PackagedService(repository, name);
    }

    /// The same for a part of the scenario, which has a directory of its own.
    public Setting in(String name) throws IOException {
        return new Setting(
                repository, Files.createDirectories(directory.resolve(name)), extent, serviceFlags);
    }
}
