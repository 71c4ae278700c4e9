package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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
            // the holder publishes until it would renew, so the first may still get through
            List<String> accepted = new ArrayList<>(List.of("https://example.com/kept"));
            await().until(() -> {
                var url = "https://example.com/" + accepted.size();
                var status = once(service, acme, url).status();
                if (status == 201) {
                    accepted.add(url);
                }
                return status == 503;
            });
            var takenBack = "https://example.com/" + accepted.size();

            var refused = once(service, acme, "https://example.com/refused");

            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.text("detail")).contains("not made");
            assertThat(service.get(acme.admin(), path).text("name")).isEqualTo(kept.text("name"));
            assertThat(service.get(acme.admin(), "/v1/webhooks/").json().path("count").asInt())
                    .isEqualTo(accepted.size());
            var log = service.get(acme.admin(), "/v1/audit-log/?limit=2").json().path("results");
            assertThat(log.get(1).path("action").asString()).isEqualTo("webhook.created");
            assertThat(log.get(1).path("changes").toString()).contains(takenBack);
            assertThat(log.get(0).path("action").asString()).isEqualTo("change.withdrawn");
            assertThat(log.get(0).path("resource")).isEqualTo(log.get(1).path("resource"));
            assertThat(log.get(0).path("changes").toString())
                    .isEqualTo("{\"action\":{\"from\":\"webhook.created\",\"to\":null}}");

            DatabaseDump.execute(
                    parts.database(), "update publication_lease set expires_at = '-infinity'");

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> once(service, acme, takenBack).status() == 201);
            // it left its key free, and now the key is used
            assertThat(once(service, acme, takenBack).status()).isEqualTo(201);
            accepted.add(takenBack);
            var snapshots = service.snapshots(acme);
            assertThat(snapshots).extracting(s -> s.revision()).isSorted();
            assertThat(snapshots.getLast().webhooks())
                    .extracting(w -> w.targetUrl())
                    .containsExactlyElementsOf(accepted);
            assertThat(snapshots)
                    .allSatisfy(s ->
                            assertThat(s.webhooks())
                                    .extracting(w -> w.targetUrl())
                                    .doesNotContain("https://example.com/refused"));
        }
    }

    /// With the address for an `Idempotency-Key`.
    private static RunningService.Answer once(
            RunningService service, TestOrganization organization, String url) {
        return service.call(
                "POST",
                organization.admin(),
                "/v1/webhooks/",
                "{\"event_type\":\"AINOTE\",\"target_url\":\"%s\"}".formatted(url),
                "Idempotency-Key",
                url);
    }
}
