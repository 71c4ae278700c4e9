package com.avoma.webhooks.quickstart.process;

import com.avoma.webhooks.quickstart.data.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Starts parts so that they outlive whoever starts them and a Ctrl-C in the terminal does not
/// reach them: each in a process group of its own, under a small shell that waits for it and writes
/// down how it ended.
final class Spawner {
    /// Leaves at once; the background job has its own process group because of `set -m`. (`bash -m`
    /// would also take the terminal.)
    private static final String DETACH =
            """
            set -m
            bash -c "$@" </dev/null >/dev/null 2>&1 &
            """;

    /// The keeper. Its child says its pid, whole or not at all, before it becomes the part.
    private static final String KEEP =
            """
            pid_file=$1; exit_file=$2; log=$3; shift 3
            bash -c 'echo $$ >"$0.new" && mv "$0.new" "$0" && exec "$@"' "$pid_file" "$@" >>"$log" 2>&1
            echo $? >"$exit_file"
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);

    private final RunDirectory run;

    Spawner(RunDirectory run) {
        this.run = run;
    }

    /// Starts the part and writes down its launch and pid. It is up to the caller to wait until it
    /// is ready.
    ///
    /// @return the pid
    long start(Launch launch) throws InterruptedException {
        var part = launch.part();
        run.save(launch);
        run.forget(part);
        try {
            Files.createDirectories(launch.logFile().getParent());
            var builder =
                    new ProcessBuilder(command(launch))
                            .directory(Path.of(launch.directory()).toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(launch.environment());
            builder.start().getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + part.title(), e);
        }
        return awaitPid(part);
    }

    private List<String> command(Launch launch) {
        var part = launch.part();
        List<String> command = new ArrayList<>(List.of("bash", "-c", DETACH, "detach"));
        command.addAll(List.of(KEEP, "keep"));
        command.add(run.pidFile(part).toString());
        command.add(run.exitFile(part).toString());
        command.add(launch.log());
        command.addAll(launch.command());
        return command;
    }

    private long awaitPid(Part part) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        OptionalLong pid = run.pid(part);
        while (pid.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new Refusal("%s could not be started.".formatted(part.title()));
            }
            Thread.sleep(POLL);
            pid = run.pid(part);
        }
        return pid.getAsLong();
    }
}
