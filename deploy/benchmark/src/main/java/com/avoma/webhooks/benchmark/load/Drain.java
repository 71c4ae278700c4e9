package com.avoma.webhooks.benchmark.load;

import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// A backlog that is published while the services stand still, then worked off.
public final class Drain {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long LOOK_MS = 20;
    private static final long IDLE_LOOK_MS = 300;
    private static final long IDLE_CPU_MS = 20;

    private final List<MeasuredProcess> services;
    private final TopicProgress progress;
    private final String results;

    /// @param services the instances of one service
    /// @param results the topic that has one record more for each thing done
    public Drain(List<MeasuredProcess> services, TopicProgress progress, String results) {
        this.services = List.copyOf(services);
        this.progress = progress;
        this.results = results;
    }

    /// @param cpu of the services, until they had come to rest
    /// @param wall until the last result was on record; less where the results are transactional,
    ///   since markers of transactions count as records
    public record Figure(int results, Duration cpu, Duration wall) {
        public double perCpuSecond() {
            return results / (cpu.toNanos() / 1e9);
        }

        public double perSecond() {
            return results / (wall.toNanos() / 1e9);
        }
    }

    /// @param count of results
    /// @param publish publishes what leads to so many
    public Figure of(int count, Runnable publish) throws IOException, InterruptedException {
        long before = progress.records(results);
        var used = cpu();
        for (var service : services) {
            service.suspend();
        }
        try {
            publish.run();
        } finally {
            for (var service : services) {
                service.resume();
            }
        }
        long begun = System.nanoTime();
        while (progress.records(results) < before + count) {
            if (System.nanoTime() - begun > LIMIT.toNanos()
                    || !services.stream().allMatch(MeasuredProcess::isAlive)) {
                throw new IllegalStateException(
                        "drained %d of %d%n%s"
                                .formatted(
                                        progress.records(results) - before,
                                        count,
                                        services.getFirst().end()));
            }
            Thread.sleep(LOOK_MS);
        }
        var wall = Duration.ofNanos(System.nanoTime() - begun);
        awaitIdle();
        return new Figure(count, cpu().minus(used), wall);
    }

    /// The last commits: until the services use next to nothing.
    private void awaitIdle() throws InterruptedException {
        var last = cpu();
        for (int i = 0; i < 30; i++) {
            Thread.sleep(IDLE_LOOK_MS);
            var now = cpu();
            if (now.minus(last).toMillis() <= IDLE_CPU_MS * services.size()) {
                return;
            }
            last = now;
        }
    }

    private Duration cpu() {
        return services.stream()
                .map(service -> service.usage().cpu())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
