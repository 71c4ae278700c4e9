package com.avoma.webhooks.quickstart.lifecycle;

import com.avoma.webhooks.embedded.StartFailedException;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import com.avoma.webhooks.quickstart.data.EnvironmentFile;
import com.avoma.webhooks.quickstart.data.Refusal;
import com.avoma.webhooks.quickstart.process.Launch;
import com.avoma.webhooks.quickstart.process.LogTail;
import com.avoma.webhooks.quickstart.process.Part;
import com.avoma.webhooks.quickstart.process.Parts;
import com.avoma.webhooks.quickstart.terminal.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Brings one part of a running quickstart back: starts it as it was started before, writes its new
/// pid into the environment file, and waits until it is ready. A part that runs and is ready is
/// left alone, so the command may be repeated.
public final class Restart {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    /// How long a part that was found running has to stay ready before it is believed: it may be on
    /// its way down.
    private static final Duration STEADY = Duration.ofSeconds(1);

    private final DataDirectory data;
    private final Parts parts;
    private final EnvironmentFile environment;

    private Restart(DataDirectory data) {
        this.data = data;
        this.parts = new Parts(data);
        this.environment = data.environment();
    }

    /// Exit status 0: the part is ready; 1: it is not, and why; 2: wrong arguments.
    ///
    /// @param arguments the data directory and the part's id
    public static void main(String[] arguments) throws InterruptedException {
        var part = Part.of(arguments.length == 2 ? arguments[1] : "");
        if (part.isEmpty()) {
            System.err.println(
                    "restart: which part? One of "
                            + Arrays.stream(Part.values())
                                    .map(Part::id)
                                    .collect(Collectors.joining(", "))
                            + ".");
            System.exit(2);
        }
        try {
            var restart = new Restart(new DataDirectory(Path.of(arguments[0])));
            System.out.println(restart.bringBack(part.orElseThrow()));
            System.exit(0);
        } catch (Refusal | StartFailedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private String bringBack(Part part) throws InterruptedException {
        long began = System.nanoTime();
        try (var readiness = new Readiness()) {
            while (true) {
                var current = data.changingParts(() -> runningOrStarted(part));
                if (isReadyInTime(current, readiness, began)) {
                    return current.started()
                            ? "%s is back after %s (pid %d)."
                                    .formatted(
                                            part.title(),
                                            Screen.seconds(since(began)),
                                            current.pid())
                            : "%s still runs (pid %d).".formatted(part.title(), current.pid());
                }
            }
        }
    }

    private record Current(Launch launch, long pid, boolean started) {}

    private Current runningOrStarted(Part part) throws InterruptedException {
        var launch = parts.run().launch(part);
        if (!environment.exists() || launch.isEmpty()) {
            throw new Refusal(
                    "No quickstart is running with %s; start it with ./quickstart."
                            .formatted(data.root()));
        }
        var alive = parts.alive(part);
        if (alive.isPresent()) {
            return new Current(launch.get(), alive.get().pid(), false);
        }
        long pid = parts.start(launch.get());
        environment.set(part.pidVariable(), Long.toString(pid));
        return new Current(launch.get(), pid, true);
    }

    /// False where a part that ran before is gone meanwhile, so that it is to be started.
    private boolean isReadyInTime(Current current, Readiness readiness, long began)
            throws InterruptedException {
        var part = current.launch().part();
        long readySince = 0;
        while (parts.alive(part).filter(process -> process.pid() == current.pid()).isPresent()) {
            if (!readiness.isReady(current.launch().readyAddress())) {
                readySince = 0;
            } else if (readySince == 0) {
                readySince = System.nanoTime();
            }
            if (readySince != 0
                    && (current.started() || since(readySince).compareTo(STEADY) >= 0)) {
                return true;
            }
            if (since(began).compareTo(BOUND) > 0) {
                throw new Refusal(
                        "%s runs (pid %d) but is not ready after %d s; its log is %s."
                                .formatted(
                                        part.title(),
                                        current.pid(),
                                        BOUND.toSeconds(),
                                        current.launch().log()));
            }
            Thread.sleep(POLL);
        }
        if (current.started()) {
            throw new Refusal(
                    "%s ended while it started; the end of its log %s:%n%s"
                            .formatted(
                                    part.title(),
                                    current.launch().log(),
                                    LogTail.of(current.launch().logFile())));
        }
        return false;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
