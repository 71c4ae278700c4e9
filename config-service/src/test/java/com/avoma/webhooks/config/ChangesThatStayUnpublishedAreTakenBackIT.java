package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The broker answers, but nobody publishes: another instance seems to hold the lease.
class ChangesThatStayUnpublishedAreTakenBackIT {
    @Test
    void restoresWhatWasThereAndPublishesThatOnceItCan() throws SQLException {
        var parts = RunningService.Parts.fresh();
        try (var service =
                RunningService.start(
                        parts,
                        "--webhooks.publication.patience=1s",
                        "--webhooks.publication.lease=1s")) {
            var acme = TestOrganization.of(service, Plan.ENTERPRISE);
            var kept = acme.webhook("AINOTE", "https://example.com/kept");
            var path = "/v1/webhooks/" + kept.text("uuid") + "/";
            DatabaseDump.execute(
                    parts.database(),
                    "update publication_lease set holder = gen_random_uuid(),"
                            + " expires_at = 'infinity'");
            // the holder publishes until it would renew, so the first edits may still get through
            var accepted = new ArrayDeque<>(List.of(kept.text("name")));
            await().until(() -> {
                var name = "Edit " + accepted.size();
                var body = "{\"name\":\"" + name + "\"}";
                var status = service.patch(acme.admin(), path, body).status();
                if (status == 200) {
                    accepted.add(name);
                }
                return status == 503;
            });

            var refused = acme.webhook("AINOTE", "https://example.com/refused");

            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.text("detail")).contains("not made");
            assertThat(service.get(acme.admin(), path).text("name")).isEqualTo(kept.text("name"));
            assertThat(service.get(acme.admin(), "/v1/webhooks/").json().path("count").asInt())
                    .isEqualTo(1);

            DatabaseDump.execute(
                    parts.database(), "update publication_lease set expires_at = '-infinity'");

            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            acme.webhook("AINOTE", "https://example.com/later").status() == 201);
            var snapshots = service.snapshots(acme);
            assertThat(snapshots).extracting(s -> s.revision()).isSorted();
            assertThat(snapshots.getLast().webhooks())
                    .extracting(w -> w.targetUrl())
                    .containsExactly("https://example.com/kept", "https://example.com/later");
            assertThat(snapshots)
                    .allSatisfy(s ->
                            assertThat(s.webhooks())
                                    .extracting(w -> w.targetUrl())
                                    .doesNotContain("https://example.com/refused"));
        }
    }
}
