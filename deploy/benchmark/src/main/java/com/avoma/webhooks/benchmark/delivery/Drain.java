package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.load.Body;
import com.avoma.webhooks.benchmark.load.LoadPublisher;
import com.avoma.webhooks.benchmark.load.TopicProgress;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.common.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// A backlog that is published while the service stands still, then worked off.
final class Drain {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long LOOK_MS = 20;
    private static final long IDLE_LOOK_MS = 300;
    private static final long IDLE_CPU_MS = 20;

    private final MeasuredProcess service;
    private final LoadPublisher publisher;
    private final TopicProgress progress;
    private final String attempts = new Topics("").deliveryAttempts();

    Drain(MeasuredProcess service, LoadPublisher publisher, TopicProgress progress) {
        this.service = service;
        this.publisher = publisher;
        this.progress = progress;
    }

    /// @param cpu of the service, until it had come to rest
    /// @param wall until the last attempt was on record
    record Figure(int jobs, Duration cpu, Duration wall) {
        double perCpuSecond() {
            return jobs / (cpu.toNanos() / 1e9);
        }

        double perSecond() {
            return jobs / (wall.toNanos() / 1e9);
        }
    }

    Figure of(int jobs) throws IOException, InterruptedException {
        long before = progress.records(attempts);
        var used = service.usage();
        service.suspend();
        try {
            long micros = LoadPublisher.micros(Instant.now());
            publisher.publish(jobs, number -> Body.of(micros, number, Setting.BODY));
        } finally {
            service.resume();
        }
        long begun = System.nanoTime();
        while (progress.records(attempts) < before + jobs) {
            if (System.nanoTime() - begun > LIMIT.toNanos() || !service.isAlive()) {
                throw new IllegalStateException(
                        "drained %d of %d jobs%n%s"
                                .formatted(
                                        progress.records(attempts) - before, jobs, service.end()));
            }
            Thread.sleep(LOOK_MS);
        }
        var wall = Duration.ofNanos(System.nanoTime() - begun);
        awaitIdle();
        return new Figure(jobs, service.usage().since(used).cpu(), wall);
    }

    /// The last commits: until the service uses next to nothing.
    void awaitIdle() throws InterruptedException {
        var last = service.usage();
        for (int i = 0; i < 30; i++) {
            Thread.sleep(IDLE_LOOK_MS);
            var now = service.usage();
            if (now.since(last).cpu().toMillis() <= IDLE_CPU_MS) {
                return;
            }
            last = now;
        }
    }
}
