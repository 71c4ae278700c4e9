package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.testing.TestBroker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ALostTopicIsPublishedAgainIT {
    @Test
    void hasEveryOrganizationsSnapshotAgainAndEditsGoOn() throws Exception {
        var parts = RunningService.Parts.fresh();
        try (var service = RunningService.start(parts)) {
            List<TestOrganization> organizations = new ArrayList<>();
            Map<TestOrganization, OrganizationSnapshot> before = new HashMap<>();
            for (int i = 0; i < 5; i++) {
                var organization =
                        TestOrganization.seeded(service, parts.database(), Plan.ENTERPRISE);
                organization.webhook("AINOTE", "https://example.com/" + i);
                service.post(organization.admin(), "/v1/webhooks/signing-secret/rotate/", null);
                before.put(organization, service.snapshots(organization).getLast());
                organizations.add(organization);
            }
            loseTopic(parts.prefix() + "webhook-config");

            assertThat(service.maintain("republication").status()).isEqualTo(202);
            var edited = organizations.getLast();
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            edited.webhook("AINOTE", "https://example.com/beside").status() == 201);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !service.maintained("republication").path("finished").isNull());

            for (var organization : organizations.subList(0, 4)) {
                var now = service.snapshots(organization).getLast();
                var was = before.get(organization);
                assertThat(now.revision()).isGreaterThan(was.revision());
                assertThat(now.webhooks()).isEqualTo(was.webhooks());
                assertThat(now.signingSecrets()).isEqualTo(was.signingSecrets());
            }
            assertThat(service.snapshots(edited))
                    .extracting(OrganizationSnapshot::revision)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(service.snapshots(edited).getLast().webhooks()).hasSize(2);
            var first = organizations.getFirst();
            assertThat(first.webhook("AINOTE", "https://example.com/later").status())
                    .isEqualTo(201);
            assertThat(service.snapshots(first).getLast().webhooks()).hasSize(2);
            assertThat(
                            DatabaseDump.texts(
                                    parts.database(),
                                    "select count(*) from organizations"
                                            + " where revision <> published_revision"))
                    .containsExactly("0");

            goesOnWhereAKilledInstanceWas(service, organizations);
        }
    }

    /// It left three of five organizations done, and its claim.
    private static void goesOnWhereAKilledInstanceWas(
            RunningService service, List<TestOrganization> organizations) throws SQLException {
        // as PostgreSQL sorts them
        var sorted =
                organizations.stream()
                        .sorted(Comparator.comparing(o -> o.uuid().toString()))
                        .toList();
        List<Integer> before = sorted.stream().map(o -> service.snapshots(o).size()).toList();
        DatabaseDump.execute(
                service.database,
                """
                update maintenance
                set finished = null, after_organization = '%s', organizations = 3, changed = 3,
                    worker = gen_random_uuid(),
                    worker_until = clock_timestamp() + interval '2 seconds'
                where task = 'REPUBLICATION'
                """
                        .formatted(sorted.get(2).uuid()));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> !service.maintained("republication").path("finished").isNull());

        assertThat(service.maintained("republication").path("organizations").asInt()).isEqualTo(5);
        for (int i = 0; i < sorted.size(); i++) {
            assertThat(service.snapshots(sorted.get(i))).hasSize(before.get(i) + (i < 3 ? 0 : 1));
        }
    }

    private static void loseTopic(String topic) throws Exception {
        try (var admin = TestBroker.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(topic));
        }
    }
}
