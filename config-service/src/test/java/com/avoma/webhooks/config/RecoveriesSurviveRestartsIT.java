package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.job.DeliveryJob;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecoveriesSurviveRestartsIT {
    private static final RunningService.Parts PARTS = RunningService.Parts.fresh();

    /// Takes 20 seconds at the rate: an instance that ends in good order takes some, too.
    private static final int MANY = 200;

    /// Serves requests, and is one of the instances that work.
    private static RunningService service;

    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final Instant then = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600);

    @BeforeAll
    static void start() {
        service = service();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static RunningService service() {
        return RunningService.start(
                PARTS,
                "--webhooks.publication.patience=20s",
                "--webhooks.recovery.rate=10",
                "--webhooks.recovery.lease=3s");
    }

    @Test
    void goesOnWhereItWasAfterARestart() {
        var webhook = webhook();
        var past = died(webhook, MANY);
        var id = begin(webhook);
        await().atMost(Duration.ofSeconds(60)).until(() -> sent(webhook, id) >= 10);

        service.close();
        int before = past.jobs().size();
        assertThat(before).isLessThan(MANY);
        service = service();

        awaitStatus(webhook, id, "completed");
        assertThat(sent(webhook, id)).isEqualTo(MANY);
        assertThat(show(webhook, id).path("matched").asInt()).isEqualTo(MANY);
        // a restart in good order sends nothing twice
        assertThat(past.jobs()).hasSize(MANY);
        assertThat(distinct(past)).isEqualTo(MANY);
    }

    @Test
    void doesNotBeginAnewWithEverythingAfterARestart() {
        var webhook = webhook();
        var past = new PastDeliveries(service.prefix, acme.uuid(), UUID.fromString(webhook));
        for (int i = 0; i < 45; i++) {
            PastDeliveries.published(service.prefix, acme.uuid(), "e" + i, then, "somebody");
        }

        // what is delivered meanwhile would be sent again by one that begins anew
        try (var _ = SimulatedDelivery.delivers(service.prefix)) {
            var id = begin(webhook, range().replace("}", ",\"only\":\"all\"}"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            PastDeliveries.logged(service.database, UUID.fromString(webhook))
                                    .contains("delivered"));
            service.close();
            service = service();

            awaitStatus(webhook, id, "completed");
            assertThat(sent(webhook, id)).isEqualTo(45);
        }
        assertThat(past.jobs()).hasSize(45);
        assertThat(distinct(past)).isEqualTo(45);
    }

    @Test
    void losesNothingWhereAnInstanceIsKilled(@TempDir Path directory) throws Exception {
        var webhook = webhook();
        var past = died(webhook, MANY);
        service.close();
        var killed =
                ChildService.start(
                        PARTS,
                        directory.resolve("log"),
                        "--webhooks.recovery.rate=10",
                        "--webhooks.recovery.lease=3s");
        var answer = killed.call("POST", acme.admin(), path(webhook), range());
        var id = new JsonMapper().readTree(answer.body()).path("id").asString();
        await().atMost(Duration.ofSeconds(60)).until(() -> past.jobs().size() >= 12);

        killed.close();
        assertThat(past.jobs().size()).isLessThan(MANY);
        service = service();

        awaitStatus(webhook, id, "completed");
        assertThat(distinct(past)).isEqualTo(MANY);
        // at the most the page that was under way goes out again
        assertThat(past.jobs().size()).isBetween(MANY, MANY + 10);
    }

    @Test
    void stopsWhereItIsCanceledAndAnotherOneGoesOn() {
        var webhook = webhook();
        var past = died(webhook, 45);
        var id = begin(webhook);
        await().atMost(Duration.ofSeconds(60)).until(() -> sent(webhook, id) >= 10);

        assertThat(service.delete(acme.admin(), path(webhook) + id + "/").status()).isEqualTo(204);

        assertThat(show(webhook, id).path("status").asString()).isEqualTo("canceled");
        assertThat(
                        service.get(acme.admin(), "/v1/audit-log/")
                                .json()
                                .path("results")
                                .get(0)
                                .path("action")
                                .asString())
                .isEqualTo("recovery.canceled");
        var another = begin(webhook);
        awaitStatus(webhook, another, "completed");
        // the page that was under way when it was canceled goes out, and may be sent by both
        assertThat(past.jobs().size()).isBetween(45, 55);
        assertThat(distinct(past)).isEqualTo(45);
        assertThat(sent(webhook, another)).isBetween(15, 35);
        assertThat(show(webhook, id).path("status").asString()).isEqualTo("canceled");
    }

    @Test
    void goesOnWhereOneOfEverythingWasCanceled() {
        var webhook = webhook();
        var past = new PastDeliveries(service.prefix, acme.uuid(), UUID.fromString(webhook));
        for (int i = 0; i < 45; i++) {
            PastDeliveries.published(service.prefix, acme.uuid(), "e" + i, then, "somebody");
        }
        var all = range().replace("}", ",\"only\":\"all\"}");
        var id = begin(webhook, all);
        await().atMost(Duration.ofSeconds(60)).until(() -> sent(webhook, id) >= 10);
        service.delete(acme.admin(), path(webhook) + id + "/");
        // the page that was under way goes out and is counted
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> sent(webhook, id) == past.jobs().size());
        int sent = sent(webhook, id);
        assertThat(sent).isLessThan(45);

        var another = service.post(acme.admin(), path(webhook), all);

        assertThat(another.status()).as("%s", another).isEqualTo(202);
        assertThat(another.json().path("matched").asInt()).isEqualTo(45);
        assertThat(another.json().path("sent").asInt()).isEqualTo(sent);
        awaitStatus(webhook, another.text("id"), "completed");
        assertThat(sent(webhook, another.text("id"))).isEqualTo(45);
        assertThat(past.jobs()).hasSize(45);
        assertThat(distinct(past)).isEqualTo(45);
        // that one is completed, so the next one begins anew; everything is pending still
        var third = begin(webhook, all);
        awaitStatus(webhook, third, "completed");
        assertThat(show(webhook, third).path("matched").asInt()).isZero();
    }

    @Test
    void isWorkedByOneInstanceAtATime() {
        var webhook = webhook();
        var past = died(webhook, 45);
        try (var _ = service()) {
            var id = begin(webhook);
            var second = service.post(acme.admin(), path(webhook), range());

            awaitStatus(webhook, id, "completed");

            assertThat(second.status()).isEqualTo(400);
            assertThat(second.text("detail")).contains("is running");
            assertThat(past.jobs()).hasSize(45);
            assertThat(distinct(past)).isEqualTo(45);
        }
    }

    @Test
    void isLeftByAnInstanceThatSleptThroughItsLease() throws SQLException {
        var webhook = webhook();
        var past = died(webhook, 45);
        var id = begin(webhook);
        await().atMost(Duration.ofSeconds(60)).until(() -> sent(webhook, id) >= 10);

        // another one has it now
        update(id, "worker = gen_random_uuid(), worker_until = now() + interval '1 hour'");
        int sent = sent(webhook, id);

        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> sent(webhook, id) == sent);
        // but for the page that was under way
        assertThat(past.jobs().size()).isBetween(sent, sent + 10);
        update(id, "worker_until = '-infinity'");
        awaitStatus(webhook, id, "completed");
        assertThat(distinct(past)).isEqualTo(45);
    }

    @Test
    void keepsItsRate() {
        var webhook = webhook();
        died(webhook, 45);

        var start = System.nanoTime();
        awaitStatus(webhook, begin(webhook), "completed");

        // 45 at 10 a second
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofSeconds(4));
    }

    @Test
    void endsWhereTheWebhookDoes() {
        var webhook = webhook();
        died(webhook, 45);
        var id = begin(webhook);
        await().atMost(Duration.ofSeconds(60)).until(() -> sent(webhook, id) >= 10);

        service.patch(acme.admin(), "/v1/webhooks/" + webhook + "/", "{\"is_active\":false}");

        awaitStatus(webhook, id, "canceled");
        assertThat(sent(webhook, id)).isLessThan(45);
    }

    private String webhook() {
        return acme.webhook("AINOTE", "https://example.com/").text("uuid");
    }

    private PastDeliveries died(String webhook, int count) {
        var past = new PastDeliveries(service.prefix, acme.uuid(), UUID.fromString(webhook));
        past.died(IntStream.range(0, count).mapToObj(i -> "e" + i).toList(), then);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        PastDeliveries.logged(service.database, UUID.fromString(webhook)).stream()
                                        .filter("dead_lettered"::equals)
                                        .count()
                                == count);
        return past;
    }

    private static void update(String id, String set) throws SQLException {
        DatabaseDump.execute(
                service.database, "update recoveries set " + set + " where id = '" + id + "'");
    }

    private static long distinct(PastDeliveries past) {
        return past.jobs().stream().map(DeliveryJob::messageId).distinct().count();
    }

    private String begin(String webhook) {
        return begin(webhook, range());
    }

    private String begin(String webhook, String range) {
        var answer = service.post(acme.admin(), path(webhook), range);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.text("id");
    }

    private String range() {
        return "{\"since\":\"%s\",\"until\":\"%s\"}".formatted(then, then.plusSeconds(60));
    }

    private JsonNode show(String webhook, String id) {
        return service.get(acme.admin(), path(webhook) + id + "/").json();
    }

    private int sent(String webhook, String id) {
        return show(webhook, id).path("sent").asInt();
    }

    private void awaitStatus(String webhook, String id, String status) {
        await().atMost(Duration.ofSeconds(120))
                .until(() -> show(webhook, id).path("status").asString().equals(status));
    }

    private static String path(String webhook) {
        return "/v1/webhooks/" + webhook + "/recoveries/";
    }
}
