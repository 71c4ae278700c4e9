package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.testing.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
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
        }
    }

    private static void loseTopic(String topic) throws Exception {
        try (var admin = TestBroker.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(topic));
        }
    }
}
