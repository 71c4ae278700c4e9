package com.avoma.webhooks.systemtests;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/// The whole product on this machine: the quickstart as a process, with a broker, a database and
/// the three services each in a process of its own. What a test does and sees goes through the API,
/// the topics and the receivers, as it would for anybody.
///
/// Starting one takes some ten seconds, so classes that can share it do.
final class Platform implements AutoCloseable {
    private static Platform shared;

    private final QuickstartProcess quickstart;
    private final Map<String, String> environment;
    private final EventPublisher events;

    private Platform(QuickstartProcess quickstart) {
        this.quickstart = quickstart;
        this.environment = quickstart.environment();
        this.events = new EventPublisher(environment.get("KAFKA_BOOTSTRAP_SERVERS"));
    }

    /// Starts everything on free ports in an empty directory.
    ///
    /// @param settings environment variables of the services, such as
    ///   `WEBHOOKS_DELIVERY_RETRY_DELAYS=1s,2s`
    static Platform start(String... settings) {
        return new Platform(
                QuickstartProcess.start(QuickstartProcess.REPOSITORY, List.of(), settings));
    }

    /// The same with brokers that run already.
    ///
    /// @param brokers for `bootstrap.servers`
    static Platform on(String brokers, String... settings) {
        return new Platform(
                QuickstartProcess.start(
                        QuickstartProcess.REPOSITORY, List.of("--kafka", brokers), settings));
    }

    /// The same with services that were built somewhere else.
    static Platform of(Path repository, String... settings) {
        return new Platform(QuickstartProcess.start(repository, List.of(), settings));
    }

    /// The one that all classes share which kill nothing and need no settings of their own:
    /// attempts again after 1, 2 and 3 seconds. It ends with the JVM.
    static synchronized Platform shared() {
        if (shared == null) {
            shared =
                    start(
                            "WEBHOOKS_DELIVERY_RETRY_DELAYS=1s,2s,3s",
                            "WEBHOOKS_DELIVERY_RETRY_JITTER=0");
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "shared-platform"));
        }
        return shared;
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

    /// Publishes a record of any topic, such as of the directory, and returns once the broker has
    /// it.
    void publish(String topic, String key, Object value) {
        events.publish(
                new ProducerRecord<>(
                        topic,
                        key.getBytes(StandardCharsets.UTF_8),
                        JsonMapper.shared().writeValueAsBytes(value)));
    }

    /// Publishes what the directory says of a user of the seeded organization.
    void publishMember(UUID user, UUID... teams) {
        publish(
                "directory.members",
                user.toString(),
                Map.of(
                        "uuid",
                        user,
                        "organization_uuid",
                        organization(),
                        "email",
                        user + "@example.com",
                        "role",
                        "MEMBER",
                        "team_uuids",
                        List.of(teams)));
    }

    /// Publishes the plan of the seeded organization.
    void publishPlan(String plan) {
        publish(
                "directory.organizations",
                organization().toString(),
                Map.of("uuid", organization(), "name", "Acme", "plan", plan));
    }

    /// Kills a process, as SIGKILL does, and returns once it is gone.
    ///
    /// @param part such as `POSTGRES`, as in the environment file
    void kill(String part) {
        quickstart.kill(part);
    }

    /// Brings back a process that was killed, and returns once it is ready.
    void restart(String part) {
        quickstart.restart(part);
    }

    /// Ends a process as SIGTERM does, and returns once it is gone.
    void terminate(String part) {
        quickstart.terminate(part);
    }

    /// Lets a process stand still, as SIGSTOP does.
    void pause(String part) {
        quickstart.signal(part, "STOP");
    }

    /// Lets a process go on that stood still.
    void goOn(String part) {
        quickstart.signal(part, "CONT");
    }

    /// One more instance of a service.
    ///
    /// @param environment variables that it has besides or instead
    Instance startAnother(String part, Path jar, Map<String, String> environment) {
        return Instance.start(quickstart.launch(part), jar, environment);
    }

    /// The same of the program that the platform's own runs.
    Instance startAnother(String part, Map<String, String> environment) {
        var command = quickstart.launch(part).command();
        return startAnother(part, Path.of(command.get(command.indexOf("-jar") + 1)), environment);
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

    /// Where the services log.
    Path logs() {
        return quickstart.logs();
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
        quickstart.close();
    }
}
