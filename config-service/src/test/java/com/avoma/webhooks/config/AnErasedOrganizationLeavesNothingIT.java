package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnErasedOrganizationLeavesNothingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void inTheDatabaseAndOnWebhookConfigAndNothingOfItComesBack() throws Exception {
        try (var service =
                RunningService.start(
                        RunningService.Parts.fresh(), "--webhooks.erasure.settle-for=20s")) {
            var topics = new LogTopics(service.prefix);
            var erased = new LogScenario(1, 40, Instant.now().minusSeconds(600), service.prefix);
            var kept = new LogScenario(2, 40, Instant.now().minusSeconds(600), service.prefix);
            var acme = organization(service, erased.organization);
            var other = organization(service, kept.organization);
            topics.publish(topics.of(erased));
            topics.publish(topics.of(kept));
            topics.awaitRead();
            var before = rows(service, other.uuid());

            var early = erase(service, acme.uuid().toString());
            assertThat(early.status()).isEqualTo(409);
            assertThat(early.text("detail")).contains("publish its tombstone");
            assertThat(erase(service, "acme").text("detail"))
                    .contains("expected: the organization's uuid");

            acme.leaves();
            await().atMost(PATIENCE)
                    .until(() -> erase(service, acme.uuid().toString()).status() == 202);
            await().atMost(PATIENCE)
                    .until(() -> !erasure(service, acme).path("erased_at").isNull());

            assertThat(service.snapshots(acme).getLast().webhooks()).isEmpty();
            assertThat(service.snapshots(acme).getLast().signingSecrets()).isEmpty();
            assertThat(rows(service, acme.uuid()))
                    .allMatch(row -> row.matches("(organizations|erasures) 1"));
            assertThat(rows(service, other.uuid())).isEqualTo(before);

            // what was under way comes to its end
            topics.publish(topics.of(erased));
            topics.awaitRead();
            assertThat(rows(service, acme.uuid()))
                    .allMatch(row -> row.matches("(organizations|erasures) 1"));

            await().atMost(PATIENCE)
                    .until(() -> !erasure(service, acme).path("finished_at").isNull());
            assertThat(rows(service, acme.uuid())).containsExactly("erasures 1");
            var records =
                    service.published().stream()
                            .filter(r ->
                                    new String(r.key(), StandardCharsets.UTF_8)
                                            .equals(acme.uuid().toString()))
                            .toList();
            assertThat(records.getLast().value()).as("tombstone").isNull();
            assertThat(other.webhook("AINOTE", "https://example.com/later").status())
                    .isEqualTo(201);
        }
    }

    @Test
    void unlessItComesBackMeanwhileUntilItLeavesAgain() throws Exception {
        try (var service =
                RunningService.start(
                        RunningService.Parts.fresh(), "--webhooks.erasure.settle-for=10s")) {
            var topics = new LogTopics(service.prefix);
            var back = new LogScenario(3, 10, Instant.now().minusSeconds(600), service.prefix);
            var acme = organization(service, back.organization);
            acme.leaves();
            await().atMost(PATIENCE)
                    .until(() -> erase(service, acme.uuid().toString()).status() == 202);
            await().atMost(PATIENCE)
                    .until(() -> !erasure(service, acme).path("erased_at").isNull());

            acme.becomes(Plan.ENTERPRISE);
            await().atMost(PATIENCE)
                    .until(() ->
                            acme.webhook("AINOTE", "https://example.com/back").status() == 201);
            topics.publish(topics.of(back));
            topics.awaitRead();

            await().during(Duration.ofSeconds(11))
                    .atMost(PATIENCE)
                    .until(() -> rows(service, acme.uuid()).contains("decisions 10"));
            assertThat(service.snapshots(acme).getLast().webhooks()).hasSize(1);

            acme.leaves();
            await().atMost(PATIENCE)
                    .until(() -> !erasure(service, acme).path("finished_at").isNull());
            assertThat(rows(service, acme.uuid())).containsExactly("erasures 1");
        }
    }

    /// With one of everything that an admin can make.
    private static TestOrganization organization(RunningService service, UUID uuid) {
        var organization = new TestOrganization(service, uuid, UUID.randomUUID());
        organization.becomes(Plan.ENTERPRISE);
        organization.hires("a@example.com", Member.Role.ADMIN);
        var team = organization.joins("Sales");
        await().atMost(PATIENCE)
                .until(() ->
                        service.get(organization.admin(), "/v1/teams/").status() == 200
                                && organization.hasTeams(1));
        assertThat(team).isNotNull();
        organization.webhook("AINOTE", "https://example.com/hook");
        service.post(organization.admin(), "/v1/webhooks/signing-secret/rotate/", null);
        organization.apiKey();
        return organization;
    }

    private static RunningService.Answer erase(RunningService service, String organization) {
        return service.maintain("erase/" + organization);
    }

    private static JsonNode erasure(RunningService service, TestOrganization organization) {
        return service
                .call("GET", null, service.managementAddress() + "/actuator/maintenance", null)
                .json()
                .path("erasures")
                .values()
                .stream()
                .filter(e ->
                        e.path("organization_uuid")
                                .asString()
                                .equals(organization.uuid().toString()))
                .findFirst()
                .orElseThrow();
    }

    /// The tables that have rows of the organization, and how many.
    private static List<String> rows(RunningService service, UUID organization)
            throws SQLException {
        List<String> rows = new ArrayList<>();
        for (var table :
                DatabaseDump.texts(
                        service.database,
                        "select table_name from information_schema.columns"
                                + " join information_schema.tables using (table_schema, table_name)"
                                + " where table_schema = 'public' and table_type = 'BASE TABLE'"
                                + " and column_name = 'organization_uuid' order by table_name")) {
            var count =
                    DatabaseDump.texts(
                                    service.database,
                                    "select count(*) from \"%s\" where organization_uuid = '%s'"
                                            .formatted(table, organization))
                            .getFirst();
            if (!count.equals("0")) {
                rows.add(table + " " + count);
            }
        }
        return rows;
    }
}
