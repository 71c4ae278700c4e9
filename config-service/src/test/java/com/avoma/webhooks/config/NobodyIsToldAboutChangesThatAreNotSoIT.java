package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.CuttingProxy.Cut;
import com.avoma.webhooks.embedded.EmbeddedDatabase;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestDatabase;
import com.avoma.webhooks.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is answered where PostgreSQL goes away, and that it stays true afterwards.
class NobodyIsToldAboutChangesThatAreNotSoIT {
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    @TempDir Path data;

    @Test
    void refusesEverythingWhilePostgresIsAwayAndGoesOnWhenItIsBack() throws Exception {
        var server = EmbeddedDatabase.start(data, 0);
        int port = server.port();
        var database = database(port);
        try (var service = RunningService.start(parts(database))) {
            var acme = TestOrganization.seeded(service, database, Plan.ENTERPRISE);
            assertThat(acme.webhook("AINOTE", "https://example.com/1").status()).isEqualTo(201);
            var key = acme.apiKey();
            server.close();

            var created = acme.webhook("AINOTE", "https://example.com/2");
            var read = service.get(key, "/v1/webhooks/");

            assertThat(created.status()).as("%s", created).isEqualTo(503);
            assertThat(created.raw().headers().firstValue("Retry-After")).isPresent();
            assertThat(read.status()).isEqualTo(503);
            assertThat(read.raw().headers().firstValue("Retry-After")).isPresent();
            assertThat(read.text("detail")).contains("database does not answer");
            var readiness = service.managementAddress() + "/actuator/health/readiness";
            assertThat(service.get(key, readiness).status()).isEqualTo(503);

            server = EmbeddedDatabase.start(data, port);
            await().atMost(RECOVERY)
                    .until(() -> acme.webhook("AINOTE", "https://example.com/3").status() == 201);
            assertThat(service.get(key, "/v1/webhooks/").raw().body())
                    .contains("example.com/1", "example.com/3")
                    .doesNotContain("example.com/2");
            assertThat(service.snapshots(acme).getLast().webhooks()).hasSize(2);
        } finally {
            server.close();
        }
    }

    @Test
    void takesBackOnRecoveryWhatWasRefusedAfterItsCommit() throws Exception {
        var server = EmbeddedDatabase.start(data, 0);
        int port = server.port();
        var database = database(port);
        try (var service =
                RunningService.start(
                        parts(database),
                        "--webhooks.publication.patience=3s",
                        "--webhooks.publication.lease=1s")) {
            var acme = TestOrganization.seeded(service, database, Plan.ENTERPRISE);
            assertThat(acme.webhook("AINOTE", "https://example.com/kept").status()).isEqualTo(201);
            // another instance seems to hold the lease, so nobody publishes
            DatabaseDump.execute(
                    database,
                    "update publication_lease set holder = gen_random_uuid(),"
                            + " expires_at = 'infinity'");
            await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
            var refused =
                    CompletableFuture.supplyAsync(
                            () -> acme.webhook("AINOTE", "https://example.com/refused"));
            await().until(() ->
                    DatabaseDump.texts(database, "select count(*) from outbox").contains("1"));
            server.close();

            assertThat(refused.join().status()).as("%s", refused.join()).isEqualTo(503);
            assertThat(refused.join().text("detail")).contains("not made");

            server = EmbeddedDatabase.start(data, port);
            DatabaseDump.execute(database, "update publication_lease set expires_at = '-infinity'");
            await().atMost(RECOVERY)
                    .untilAsserted(() -> {
                        var list = service.get(acme.admin(), "/v1/webhooks/");
                        assertThat(list.status()).isEqualTo(200);
                        assertThat(list.raw().body()).doesNotContain("refused");
                        assertThat(service.snapshots(acme).getLast().revision()).isEqualTo(3);
                    });
            assertThat(service.snapshots(acme))
                    .as("the refused change was on Kafka at no time")
                    .allSatisfy(snapshot ->
                            assertThat(snapshot.webhooks())
                                    .extracting(w -> w.targetUrl())
                                    .containsExactly("https://example.com/kept"));
        } finally {
            server.close();
        }
    }

    @Test
    void findsOutWhetherAChangeWasCommittedWhereTheAnswerWasLost() throws Exception {
        var direct = TestDatabase.fresh();
        try (var proxy = CuttingProxy.to(direct.port());
                var service = RunningService.start(parts(through(proxy, direct)))) {
            var acme = TestOrganization.seeded(service, direct, Plan.ENTERPRISE);
            assertThat(acme.webhook("AINOTE", "https://example.com/1").status()).isEqualTo(201);

            proxy.cut(Cut.BEFORE_COMMIT);
            var lost = acme.webhook("AINOTE", "https://example.com/lost");
            assertThat(proxy.hasCut()).isTrue();
            assertThat(lost.status()).as("%s", lost).isEqualTo(503);
            assertThat(lost.text("detail")).contains("not made");

            proxy.cut(Cut.AFTER_COMMIT);
            var made = acme.webhook("AINOTE", "https://example.com/made");
            assertThat(proxy.hasCut()).isTrue();
            assertThat(made.status()).as("%s", made).isEqualTo(201);
            assertThat(service.snapshots(acme).getLast().webhooks())
                    .extracting(w -> w.targetUrl())
                    .containsExactly("https://example.com/1", "https://example.com/made");

            proxy.cut(Cut.FOR_GOOD);
            var unknown = acme.webhook("AINOTE", "https://example.com/unknown");
            assertThat(proxy.hasCut()).isTrue();
            assertThat(unknown.status()).as("%s", unknown).isEqualTo(503);
            assertThat(unknown.text("detail")).contains("not known whether");

            proxy.mend();
            await().atMost(RECOVERY)
                    .untilAsserted(() -> {
                        var stored = service.get(acme.admin(), "/v1/webhooks/");
                        assertThat(stored.status()).isEqualTo(200);
                        assertThat(
                                        DatabaseDump.texts(
                                                direct,
                                                "select count(*) from organizations"
                                                        + " where revision <> published_revision"))
                                .containsExactly("0");
                        assertThat(service.snapshots(acme).getLast().webhooks())
                                .hasSize(stored.json().path("count").asInt());
                    });
            assertThat(service.get(acme.admin(), "/v1/webhooks/").raw().body())
                    .contains("/1", "/made")
                    .doesNotContain("/lost");
        }
    }

    private static TestDatabase through(CuttingProxy proxy, TestDatabase database) {
        return new TestDatabase(
                "127.0.0.1",
                proxy.port(),
                database.name(),
                database.username(),
                database.password());
    }

    private static TestDatabase database(int port) {
        var role = EmbeddedDatabase.SERVICE_ROLE;
        return new TestDatabase("127.0.0.1", port, role, role, role);
    }

    private static RunningService.Parts parts(TestDatabase database) {
        return new RunningService.Parts(
                TestBroker.bootstrapServers(),
                database,
                TestTopics.prefix(),
                SecretCipher.newKeyset());
    }
}
