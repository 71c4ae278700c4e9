package com.avoma.webhooks.quickstart.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts parts so that they outlive whoever starts them and a Ctrl-C in the terminal does not
/// reach them: each in a process group of its own, under a small shell that waits for it and writes
/// down how it ended.
public final class Spawner {
    /// Leaves at once; the background job has its own process group because of `set -m`. (`bash -m`
    /// would also take the terminal.)
    private static final String DETACH = "set -m; bash -c \"$@\" </dev/null 2>/dev/null &";

    /// The keeper. Its child says its pid before it becomes the part.
    private static final String KEEP =
            """
            exit_file=$1; log=$2; shift 2
            bash -c 'echo $$ >&3; exec 3>&-; exec "$@"' part "$@" 3>&1 >>"$log" 2>&1
            echo $? >"$exit_file"
            """;

    private final RunDirectory run;

    public Spawner(RunDirectory run) {
        this.run = run;
    }

    /// Starts the part and writes down its launch and pid. It is up to the caller to wait until it
    /// is ready.
    ///
    /// @return the pid
    public long start(Launch launch) {
        var part = launch.part();
        run.save(launch);
        try {
            Files.createDirectories(launch.logFile().getParent());
            run.forget(part);
            var builder =
                    new ProcessBuilder(command(launch))
                            .directory(Path.of(launch.directory()).toFile());
            builder.environment().clear();
            builder.environment().putAll(launch.environment());
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            var shell = builder.start();
            shell.getOutputStream().close();
            long pid = readPid(launch, shell);
            run.savePid(part, pid);
            return pid;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + part.title(), e);
        }
    }

    private List<String> command(Launch launch) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("bash", "-c", DETACH, "detach", KEEP, "keep"));
        command.add(run.exitFile(launch.part()).toString());
        command.add(launch.log());
        command.addAll(launch.command());
        return command;
    }

    private static long readPid(Launch launch, Process shell) throws IOException {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII))) {
            var line = lines.readLine();
            if (line == null) {
                throw new IOException("no pid of " + launch.part().title() + " was told");
            }
            return Long.parseLong(line.strip());
        }
    }
}
