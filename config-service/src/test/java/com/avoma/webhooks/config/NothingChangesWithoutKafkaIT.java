package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.embedded.EmbeddedBroker;
import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.testing.TestDatabase;
import com.avoma.webhooks.testing.TestTopics;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NothingChangesWithoutKafkaIT {
    @TempDir Path data;

    @Test
    void refusesChangesAndAnswersQuestionsUntilTheBrokerIsBack() throws SQLException {
        int port = LoopbackPort.free();
        var database = TestDatabase.fresh();
        var parts =
                new RunningService.Parts(
                        "127.0.0.1:" + port,
                        database,
                        TestTopics.prefix(),
                        SecretCipher.newKeyset());
        var broker = EmbeddedBroker.start(data, port);
        try (var service = RunningService.start(parts)) {
            var acme = TestOrganization.seeded(service, database, Plan.ENTERPRISE);
            assertThat(acme.webhook("AINOTE", "https://example.com/1").status()).isEqualTo(201);
            broker.close();

            var created = acme.webhook("AINOTE", "https://example.com/2");
            var rotated = service.post(acme.admin(), "/v1/webhooks/signing-secret/rotate/", null);

            assertThat(created.status()).as("%s", created).isEqualTo(503);
            assertThat(created.raw().headers().firstValue("Retry-After")).isPresent();
            assertThat(created.text("detail")).contains("not made").contains("Kafka");
            assertThat(rotated.status()).isEqualTo(503);
            assertThat(count(service, acme)).isEqualTo(1);
            assertThat(
                            service.get(acme.admin(), "/v1/webhooks/signing-secret/")
                                    .text("signing_secret"))
                    .isEmpty();
            assertThat(DatabaseDump.texts(database, "select count(*) from outbox"))
                    .containsExactly("0");
            assertThat(
                            service.get(
                                            acme.admin(),
                                            service.managementAddress()
                                                    + "/actuator/health/readiness")
                                    .status())
                    .isEqualTo(503);

            broker = EmbeddedBroker.start(data, port);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> acme.webhook("AINOTE", "https://example.com/3").status() == 201);
            assertThat(service.get(acme.admin(), "/v1/webhooks/").raw().body())
                    .contains("example.com/1", "example.com/3")
                    .doesNotContain("example.com/2");
        } finally {
            broker.close();
        }
    }

    private static int count(RunningService service, TestOrganization organization) {
        return service.get(organization.admin(), "/v1/webhooks/").json().path("count").asInt();
    }
}
