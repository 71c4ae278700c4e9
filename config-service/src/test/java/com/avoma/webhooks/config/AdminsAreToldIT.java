package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Plan;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdminsAreToldIT {
    private static final String ROTATE = "/v1/webhooks/signing-secret/rotate/";
    private static final String SECRET = "/v1/webhooks/signing-secret/";

    private final RunningService service = RunningService.shared();

    @Test
    void ofEachChangeOfTheSigningSecret() throws SQLException {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        acme.hires("z@example.com", Member.Role.ADMIN);
        acme.hires("member@example.com", Member.Role.MEMBER);
        acme.hires(null, Member.Role.ADMIN);
        await().atMost(Duration.ofSeconds(30)).until(() -> members(acme) == 4);
        var other = TestOrganization.of(service, Plan.ENTERPRISE);

        service.post(acme.admin(), ROTATE, null);
        service.post(acme.admin(), ROTATE, "{\"overlap\":\"PT24H\"}");
        service.patch(acme.admin(), SECRET, "{\"signing_secret\":\"0123456789abcdef\"}");
        service.delete(acme.admin(), SECRET);
        service.delete(acme.admin(), SECRET);
        service.post(other.admin(), ROTATE, null);

        var told = PublishedNotices.await(service.prefix, acme.uuid(), 4);
        PublishedNotices.await(service.prefix, other.uuid(), 1);
        assertThat(told)
                .extracting(PublishedNotices.Seen::type)
                .containsExactly(
                        "signing_secret.rotated",
                        "signing_secret.rotated",
                        "signing_secret.set",
                        "signing_secret.deleted");
        var overlapping = told.get(1);
        assertThat(overlapping.header("ce_specversion")).isEqualTo("1.0");
        assertThat(UUID.fromString(overlapping.header("ce_id")))
                .isNotEqualTo(UUID.fromString(told.get(0).header("ce_id")));
        assertThat(overlapping.header("ce_source")).isEqualTo("config-service");
        assertThat(overlapping.header("ce_subject")).isEqualTo("webhooks/signing-secret");
        assertThat(overlapping.header("ce_organizationid")).isEqualTo(acme.uuid().toString());
        assertThat(Instant.parse(overlapping.header("ce_time"))).isBefore(Instant.now());
        assertThat(overlapping.header("content-type")).isEqualTo("application/json");
        var data = overlapping.data();
        assertThat(data.propertyNames())
                .containsExactly(
                        "organization_uuid", "admin_emails", "changed_by", "overlap_until");
        assertThat(data.path("organization_uuid").asString()).isEqualTo(acme.uuid().toString());
        assertThat(data.path("changed_by").asString()).startsWith("user:");
        assertThat(Instant.parse(data.path("overlap_until").asString()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));
        assertThat(data.path("admin_emails").toString())
                .isEqualTo("[\"a@example.com\",\"z@example.com\"]");
    }

    private int members(TestOrganization organization) throws SQLException {
        return DatabaseDump.texts(
                        service.database,
                        "select user_uuid from directory_members where organization_uuid = '%s'"
                                .formatted(organization.uuid()))
                .size();
    }

    @Test
    void ofWebhooksThatAPlanHasNoRoomFor() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var webhook = acme.webhook("AINOTE", "https://example.com/hook");

        acme.becomes(Plan.STARTUP);

        var told = PublishedNotices.await(service.prefix, acme.uuid(), 1).getFirst();
        assertThat(told.type()).isEqualTo("webhook.deactivated");
        assertThat(told.header("ce_subject")).isEqualTo("webhooks/" + webhook.text("uuid"));
        assertThat(told.data().path("webhook_uuid").asString()).isEqualTo(webhook.text("uuid"));
        assertThat(told.data().path("name").asString()).isEqualTo(webhook.text("name"));
        assertThat(told.data().path("event_type").asString()).isEqualTo("AINOTE");
        assertThat(told.data().path("target_url").asString()).isEqualTo("https://example.com/hook");
        assertThat(told.data().path("reason").asString()).isEqualTo("plan");
    }

    @Test
    void ofNothingThatWasNotMade() throws SQLException {
        var parts = RunningService.Parts.fresh();
        try (var service =
                RunningService.start(
                        parts,
                        "--webhooks.publication.patience=1s",
                        "--webhooks.publication.lease=1s")) {
            var acme = TestOrganization.of(service, Plan.ENTERPRISE);
            var made = new AtomicInteger();
            DatabaseDump.execute(
                    parts.database(),
                    "update publication_lease set holder = gen_random_uuid(),"
                            + " expires_at = 'infinity' where name = 'webhook-config'");
            await().until(() -> {
                boolean refused = service.post(acme.admin(), ROTATE, null).status() == 503;
                if (!refused) {
                    made.incrementAndGet();
                }
                return refused;
            });
            DatabaseDump.execute(
                    parts.database(), "update publication_lease set expires_at = '-infinity'");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> service.delete(acme.admin(), SECRET).status() == 204);
            await().until(() ->
                    service.patch(acme.admin(), SECRET, "{\"signing_secret\":\"0123456789abcdef\"}")
                                    .status()
                            == 200);

            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            PublishedNotices.of(parts.prefix(), acme.uuid()).stream()
                                    .anyMatch(n -> n.type().equals("signing_secret.set")));
            assertThat(PublishedNotices.of(parts.prefix(), acme.uuid()))
                    .filteredOn(n -> n.type().equals("signing_secret.rotated"))
                    .hasSize(made.get());
        }
    }
}
