package com.avoma.webhooks.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// The whole product on this machine: the quickstart as a process, with a broker, a database and
/// the three services each in a process of its own. What a test does and sees goes through the API,
/// the topics and the receivers, as it would for anybody.
///
/// One platform per class: starting it takes some ten seconds.
final class Platform implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(60);

    /// The tests run in `deploy/system-tests`.
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    private final Process quickstart;
    private final Path directory;
    private final Map<String, String> environment;
    private final EventPublisher events;

    private Platform(Process quickstart, Path directory, Map<String, String> environment) {
        this.quickstart = quickstart;
        this.directory = directory;
        this.environment = environment;
        this.events = new EventPublisher(environment.get("KAFKA_BOOTSTRAP_SERVERS"));
    }

    /// Starts everything on free ports in an empty directory.
    ///
    /// @param settings environment variables of the services, such as
    ///   `WEBHOOKS_DELIVERY_RETRY_DELAYS=1s,2s`
    static Platform start(String... settings) {
        try {
            return start(Files.createTempDirectory("webhooks-system-test"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Platform start(Path directory, String... settings) throws IOException {
        var output = directory.resolve("quickstart.log");
        var data = directory.resolve("data");
        var builder =
                new ProcessBuilder(command(data))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        // a test calls the API more often in a minute than a person would
        builder.environment().put("WEBHOOKS_API_REQUESTS_PER_MINUTE", "10000");
        Arrays.stream(settings)
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> builder.environment().put(setting[0], setting[1]));
        var process = builder.start();
        var file = data.resolve("environment");
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
        return new Platform(process, directory, EnvironmentVariables.read(file));
    }

    private static List<String> command(Path data) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dwebhooks.quickstart.repository=" + REPOSITORY);
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
            command.add(Integer.toString(freePort()));
        }
        return command;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A variable of the environment file.
    String variable(String name) {
        var value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": not in " + environment.keySet());
        }
        return value;
    }

    /// The API, as an admin of the seeded organization.
    Api api() {
        return new Api(variable("WEBHOOKS_API_URL"), variable("WEBHOOKS_API_KEY"));
    }

    /// The API, as an admin of the second organization.
    Api otherOrganizationsApi() {
        return new Api(variable("WEBHOOKS_API_URL"), variable("WEBHOOKS_OTHER_API_KEY"));
    }

    UUID organization() {
        return UUID.fromString(variable("ORGANIZATION_UUID"));
    }

    /// The seeded users; the first is in the first team, the last in none.
    List<UUID> users() {
        return uuids("USER_UUIDS");
    }

    List<UUID> teams() {
        return uuids("TEAM_UUIDS");
    }

    private List<UUID> uuids(String name) {
        return Arrays.stream(variable(name).split(" ")).map(UUID::fromString).toList();
    }

    /// Publishes an event and returns once the broker has it.
    void publish(MeetingEventBuilder event) {
        events.publish(event.of(organization()));
    }

    /// Kills a process, as SIGKILL does, and returns once it is gone.
    ///
    /// @param part such as `POSTGRES`, as in the environment file
    void kill(String part) {
        var file = directory.resolve("data").resolve("environment");
        try {
            var pid = Long.parseLong(EnvironmentVariables.read(file).get(part + "_PID"));
            var process = ProcessHandle.of(pid).orElseThrow();
            process.destroyForcibly();
            // one that nobody has waited for yet has a pid, and no program
            Awaitility.await(part + " to be gone")
                    .atMost(STOP)
                    .until(() -> !process.isAlive() || process.info().command().isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Brings back a process that was killed, and returns once it is ready.
    void restart(String part) {
        var output = directory.resolve("restart.log").toFile();
        try {
            var restart =
                    new ProcessBuilder("bash", "-c", variable(part + "_RESTART"))
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

    /// `webhooks_unaccounted_deliveries`, as Prometheus reads it; NaN while it is not known.
    double unaccountedDeliveries() {
        var metrics = Api.text(variable("CONFIG_MANAGEMENT_URL") + "/actuator/prometheus");
        return metrics.lines()
                .filter(line -> line.startsWith("webhooks_unaccounted_deliveries "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElse(Double.NaN);
    }

    String bootstrapServers() {
        return variable("KAFKA_BOOTSTRAP_SERVERS");
    }

    /// An HTTPS receiver whose certificate delivery-service trusts.
    Receiver receiver() {
        return Receiver.start(Path.of(variable("TLS_CERTIFICATE")), Path.of(variable("TLS_KEY")));
    }

    /// The same, of one that lets nobody in who does not show the certificate.
    Receiver receiverDemanding(Certificate client) {
        return Receiver.demanding(
                client, Path.of(variable("TLS_CERTIFICATE")), Path.of(variable("TLS_KEY")));
    }

    /// Stops everything, as Ctrl-C would.
    @Override
    public void close() {
        events.close();
        quickstart.destroy();
        try {
            if (!quickstart.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                quickstart.destroyForcibly();
                throw new IllegalStateException("the quickstart did not stop within " + STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
