package com.avoma.webhooks.systemtests;

import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.quickstart.process.Launch;
import com.avoma.webhooks.quickstart.process.Part;
import com.avoma.webhooks.quickstart.process.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// The quickstart as a process, with the processes that it starts, in a directory of its own.
final class QuickstartProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(60);

    /// Where the services were built: here, unless `-Dsystem.repository=…` names another one. The
    /// tests run in `deploy/system-tests`.
    static final Path REPOSITORY =
            Path.of(System.getProperty("system.repository", "../..")).toAbsolutePath().normalize();

    private final Process process;
    private final Path directory;

    private QuickstartProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /// Starts everything on free ports in an empty directory.
    ///
    /// @param repository in which the services were built
    /// @param options more of the quickstart's
    /// @param settings environment variables of the services
    static QuickstartProcess start(Path repository, List<String> options, String... settings) {
        try {
            var directory = Files.createTempDirectory("webhooks-system-test");
            var output = directory.resolve("quickstart.log");
            var command = command(repository, directory.resolve("data"));
            command.addAll(options);
            var builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            // a test calls the API more often in a minute than a person would
            builder.environment().put("WEBHOOKS_API_REQUESTS_PER_MINUTE", "10000");
            Arrays.stream(settings)
                    .map(setting -> setting.split("=", 2))
                    .forEach(setting -> builder.environment().put(setting[0], setting[1]));
            var started = new QuickstartProcess(builder.start(), directory);
            started.awaitStart(output);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStart(Path output) throws IOException {
        var file = environmentFile();
        try {
            Awaitility.await("the quickstart (see " + output + ")")
                    .atMost(START)
                    .until(() -> Files.exists(file) || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            // it ends its parts itself
            process.destroy();
            throw e;
        }
        if (!Files.exists(file)) {
            throw new IllegalStateException("the quickstart ended: " + Files.readString(output));
        }
    }

    private static List<String> command(Path repository, Path data) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dwebhooks.quickstart.repository=" + repository);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("com.avoma.webhooks.quickstart.Quickstart");
        command.addAll(List.of("--no-sample", "--data", data.toString()));
        for (var port :
                List.of(
                        "http",
                        "kafka",
                        "postgres",
                        "config-management",
                        "dispatcher-management",
                        "delivery-management")) {
            command.add("--" + port + "-port");
            command.add(Integer.toString(LoopbackPort.free()));
        }
        return command;
    }

    private Path environmentFile() {
        return directory.resolve("data").resolve("environment");
    }

    /// The environment file, as it is now.
    Map<String, String> environment() {
        try {
            return EnvironmentVariables.read(environmentFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the services log.
    Path logs() {
        return directory.resolve("data").resolve("logs");
    }

    /// How a part was started.
    Launch launch(String part) {
        return new RunDirectory(directory.resolve("data").resolve("run"))
                .launch(Part.valueOf(part))
                .orElseThrow();
    }

    /// Kills a process, as SIGKILL does, and returns once it is gone.
    void kill(String part) {
        end(part, ProcessHandle::destroyForcibly);
    }

    /// Ends a process, as SIGTERM does, and returns once it is gone.
    void terminate(String part) {
        end(part, ProcessHandle::destroy);
    }

    private void end(String part, Consumer<ProcessHandle> signal) {
        var process = ProcessHandle.of(pid(part)).orElseThrow();
        signal.accept(process);
        // one that nobody has waited for yet has a pid, and no program
        Awaitility.await(part + " to be gone")
                .atMost(STOP)
                .until(() -> !process.isAlive() || process.info().command().isEmpty());
    }

    /// Sends a signal that no process has to hear.
    ///
    /// @param name without `SIG`
    void signal(String part, String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid(part))).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("no signal " + name + " for " + part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long pid(String part) {
        return Long.parseLong(environment().get(part + "_PID"));
    }

    /// Brings back a process that was killed, and returns once it is ready.
    void restart(String part) {
        var output = directory.resolve("restart.log").toFile();
        try {
            var restart =
                    new ProcessBuilder("bash", "-c", environment().get(part + "_RESTART"))
                            .redirectErrorStream(true)
                            .redirectOutput(output)
                            .start();
            if (!restart.waitFor(START.toSeconds(), TimeUnit.SECONDS) || restart.exitValue() != 0) {
                throw new IllegalStateException(
                        part + " is not back: " + Files.readString(output.toPath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Stops everything, as Ctrl-C would.
    @Override
    public void close() {
        Termination.of(process, STOP);
        deleteDirectory();
    }

    private void deleteDirectory() {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
