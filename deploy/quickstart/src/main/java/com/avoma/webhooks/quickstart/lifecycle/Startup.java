package com.avoma.webhooks.quickstart.lifecycle;

import com.avoma.webhooks.quickstart.data.Refusal;
import com.avoma.webhooks.quickstart.process.Launch;
import com.avoma.webhooks.quickstart.process.LogTail;
import com.avoma.webhooks.quickstart.process.Parts;
import com.avoma.webhooks.quickstart.terminal.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Waits for parts that were started, and tells what it waits for.
public final class Startup {
    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Parts parts;
    private final Screen screen;

    public Startup(Parts parts, Screen screen) {
        this.parts = parts;
        this.screen = screen;
    }

    /// Starts the parts and returns once all of them are ready.
    ///
    /// @throws Refusal where one ends, or is not ready after three minutes; with the end of its log
    public void start(List<Launch> launches) throws InterruptedException {
        long began = System.nanoTime();
        List<Launch> waiting = new ArrayList<>(launches);
        try (var readiness = new Readiness()) {
            for (var launch : launches) {
                screen.status("Starting " + launch.part().title());
                parts.start(launch);
            }
            while (!waiting.isEmpty()) {
                var waited = Duration.ofNanos(System.nanoTime() - began);
                for (var launch : List.copyOf(waiting)) {
                    if (readiness.isReady(launch.readyAddress())) {
                        waiting.remove(launch);
                        screen.print(
                                "  %-20s ready after %s"
                                        .formatted(launch.part().title(), Screen.seconds(waited)));
                    }
                    requireAlive(launch);
                }
                if (waited.compareTo(BOUND) > 0) {
                    throw refusal(
                            waiting.getFirst(), "was not ready after " + BOUND.toSeconds() + " s");
                }
                if (!waiting.isEmpty()) {
                    screen.status(
                            "Waiting for " + titles(waiting) + ": " + waited.toSeconds() + " s");
                    Thread.sleep(POLL);
                }
            }
        }
    }

    private void requireAlive(Launch launch) {
        if (parts.alive(launch.part()).isEmpty()) {
            var how = parts.run().end(launch.part()).map(end -> " (" + end + ")").orElse("");
            throw refusal(launch, "ended while it started" + how);
        }
    }

    private Refusal refusal(Launch launch, String what) {
        return new Refusal(
                "%s %s; the end of its log %s:%n%s"
                        .formatted(
                                launch.part().title(),
                                what,
                                launch.log(),
                                LogTail.of(launch.logFile())));
    }

    private static String titles(List<Launch> launches) {
        return launches.stream()
                .map(launch -> launch.part().title())
                .collect(Collectors.joining(", "));
    }
}
