package com.avoma.webhooks.config;

import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// An organization of a test's own, in the directory, with one team.
record TestOrganization(RunningService service, UUID uuid, UUID team) {
    /// Publishes it and waits until the service knows all of it.
    static TestOrganization of(RunningService service, Plan plan) {
        var made = new TestOrganization(service, UUID.randomUUID(), UUID.randomUUID());
        made.publish("directory.teams", made.team, new Team(made.team, made.uuid, "Sales"));
        var user = UUID.randomUUID();
        made.publish(
                "directory.members",
                user,
                new Member(user, made.uuid, "a@example.com", Member.Role.ADMIN, Set.of(made.team)));
        made.becomes(plan);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    var teams = service.get(made.admin(), "/v1/teams/");
                    return teams.status() == 200 && teams.json().path("count").asInt() == 1;
                });
        return made;
    }

    /// Puts it where the service keeps the directory, without the topics that it reads it from.
    static TestOrganization seeded(RunningService service, TestDatabase database, Plan plan)
            throws SQLException {
        var made = new TestOrganization(service, UUID.randomUUID(), UUID.randomUUID());
        try (var connection = DatabaseDump.connect(database);
                var insert =
                        connection.prepareStatement(
                                "insert into directory_organizations values (?, 'Acme', ?)")) {
            insert.setObject(1, made.uuid);
            insert.setString(2, plan.name());
            insert.execute();
        }
        return made;
    }

    void becomes(Plan plan) {
        publish("directory.organizations", uuid, new Organization(uuid, "Acme", plan));
    }

    /// A user of it in one team.
    void has(UUID user, UUID inTeam) {
        publish(
                "directory.members",
                user,
                new Member(user, uuid, "u@example.com", Member.Role.MEMBER, Set.of(inTeam)));
    }

    void leaves() {
        publish("directory.organizations", uuid, null);
    }

    /// Another team of it, known to the service once [#hasTeams] says so.
    UUID joins(String name) {
        var another = UUID.randomUUID();
        publish("directory.teams", another, new Team(another, uuid, name));
        return another;
    }

    void dissolves(UUID team) {
        publish("directory.teams", team, null);
    }

    /// Another member of it. Nothing says when the service knows.
    void hires(@Nullable String email, Member.Role role) {
        var user = UUID.randomUUID();
        publish("directory.members", user, new Member(user, uuid, email, role, Set.of()));
    }

    boolean hasTeams(int count) {
        return service.get(admin(), "/v1/teams/").json().path("count").asInt() == count;
    }

    String admin() {
        return Tokens.of(uuid, "ADMIN");
    }

    String member() {
        return Tokens.of(uuid, "MEMBER");
    }

    /// The credentials of a new API key.
    String apiKey() {
        var made = service.post(admin(), "/v1/api-keys/", "{}");
        return made.text("client_key") + ":" + made.text("client_secret");
    }

    /// A new webhook's answer.
    RunningService.Answer webhook(String eventType, String targetUrl) {
        return service.post(
                admin(),
                "/v1/webhooks/",
                "{\"event_type\":\"%s\",\"target_url\":\"%s\"}".formatted(eventType, targetUrl));
    }

    private void publish(String topic, UUID key, @Nullable Object value) {
        try (var producer = TestBroker.producer()) {
            producer.send(
                    new ProducerRecord<>(
                            service.prefix + topic,
                            key.toString().getBytes(StandardCharsets.UTF_8),
                            value == null ? null : Json.write(value)));
        }
    }
}
