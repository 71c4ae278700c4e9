package com.avoma.webhooks.browser;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.ConfigApplication;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestDatabase;
import com.avoma.webhooks.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The real service with the quickstart's login, and an organization of two teams.
final class RunningConsole implements AutoCloseable {
    static final String USERNAME = "ada";
    static final String PASSWORD = "correct horse battery staple";

    private final UUID organization = UUID.randomUUID();
    private final String prefix = TestTopics.prefix();
    private final ConfigurableApplicationContext context;

    private RunningConsole() {
        var database = TestDatabase.fresh();
        context =
                new SpringApplicationBuilder(ConfigApplication.class, BrokenPageController.class)
                        .web(WebApplicationType.REACTIVE)
                        .run(
                                "--spring.profiles.active=quickstart",
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--management.server.port=0",
                                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                                "--spring.r2dbc.url=" + database.r2dbcUrl(),
                                "--spring.r2dbc.username=" + database.username(),
                                "--spring.r2dbc.password=" + database.password(),
                                "--spring.flyway.url=" + database.jdbcUrl(),
                                "--webhooks.topics.prefix=" + prefix,
                                "--webhooks.topics.partitions=3",
                                "--webhooks.secrets.keyset=" + SecretCipher.newKeyset(),
                                // patient: a machine that builds something else beside it is slow
                                "--webhooks.publication.patience=20s",
                                // slow enough to be watched
                                "--webhooks.recovery.rate=2",
                                "--webhooks.console.username=" + USERNAME,
                                "--webhooks.console.password=" + PASSWORD,
                                "--webhooks.console.organization=" + organization);
        becomes(Plan.ENTERPRISE);
        for (var name : Set.of("Sales", "Customer Success")) {
            var team = UUID.randomUUID();
            publish("directory.teams", team, new Team(team, organization, name));
        }
        var user = UUID.randomUUID();
        publish(
                "directory.members",
                user,
                new Member(user, organization, "ada@example.com", Member.Role.ADMIN, Set.of()));
    }

    static RunningConsole start() {
        return new RunningConsole();
    }

    String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    void becomes(Plan plan) {
        var acme = new Organization(organization, "Acme", plan);
        publish("directory.organizations", organization, acme);
    }

    /// The other services of its organization; the caller closes them.
    OtherServices otherServices() {
        return new OtherServices(prefix, organization);
    }

    @Override
    public void close() {
        context.close();
    }

    private void publish(String topic, UUID key, Object value) {
        try (var producer = TestBroker.producer()) {
            var bytes = key.toString().getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(prefix + topic, bytes, Json.write(value)));
        }
    }
}
