package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// `Idempotency-Key`, on two instances.
class RepeatedRequestsAreMadeOnceIT {
    private static final String WEBHOOKS = "/v1/webhooks/";
    private static final String KEYS = "/v1/api-keys/";
    private static final String ROTATE = "/v1/webhooks/signing-secret/rotate/";
    private static final String REDELIVER = "/v1/deliveries/msg_1/redeliver/";
    private static final String WEBHOOK =
            "{\"event_type\":\"AINOTE\",\"target_url\":\"https://example.com/\"}";
    private static final List<RunningService> services = new ArrayList<>();

    private final RunningService service = services.getFirst();
    private final TestOrganization acme = TestOrganization.of(service, Plan.ORGANIZATION);
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void startsTwo() {
        var parts = RunningService.Parts.fresh();
        for (int i = 0; i < 2; i++) {
            services.add(RunningService.start(parts, "--webhooks.housekeeping.interval=200ms"));
        }
    }

    @AfterAll
    static void stopsThem() {
        services.forEach(RunningService::close);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                WEBHOOKS + " | " + WEBHOOK,
                KEYS + " | {\"name\":\"CI\"}",
                KEYS + " | ",
                ROTATE + " | {\"overlap\":\"PT1H\"}",
                ROTATE + " | "
            })
    void areGivenTheFirstAnswerAgain(String path, @Nullable String body) {
        var first = post(services.get(0), acme.admin(), path, body, key);
        var again = post(services.get(1), acme.admin(), path, body, key);

        assertThat(first.status()).as("%s", first).isIn(200, 201);
        assertThat(header(first, "Idempotency-Replayed")).isNull();
        assertThat(again.status()).as("%s", again).isEqualTo(first.status());
        assertThat(again.raw().body()).isEqualTo(first.raw().body());
        assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
        assertThat(header(again, "Cache-Control")).isEqualTo(header(first, "Cache-Control"));
        assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
        assertThat(count(WEBHOOKS) + count(KEYS) + service.snapshots(acme).size())
                .isEqualTo(path.equals(WEBHOOKS) ? 2 : 1);
    }

    @Test
    void keepNoSecretInPlainText() throws SQLException {
        var made = post(service, acme.admin(), KEYS, "{}", key);
        var rotated = post(service, acme.admin(), ROTATE, null, key + "2");

        var dump = DatabaseDump.of(service.database);
        assertThat(dump).contains(key).doesNotContain(made.text("client_secret"));
        assertThat(dump).doesNotContain(rotated.text("signing_secret"));
        var credentials = made.text("client_key") + ":" + made.text("client_secret");
        assertThat(service.get(credentials, WEBHOOKS).status()).isEqualTo(200);
    }

    @Test
    void areRefusedWhereTheKeyCameWithAnotherRequest() {
        var made = post(service, acme.admin(), WEBHOOKS, WEBHOOK, key);
        assertThat(made.status()).isEqualTo(201);
        var webhook = WEBHOOKS + made.text("uuid");

        for (var other :
                List.of(
                        post(service, acme.admin(), WEBHOOKS, WEBHOOK + " ", key),
                        post(service, acme.admin(), KEYS, "{}", key),
                        post(service, acme.admin(), ROTATE, null, key),
                        // not even where the other one breaks a rule
                        post(service, acme.admin(), WEBHOOKS, "{}", key),
                        post(service, acme.admin(), KEYS, "{\"name\":7}", key),
                        post(service, acme.admin(), ROTATE, "{\"overlap\":\"x\"}", key),
                        post(service, acme.admin(), webhook + "/test/", "{\"x\":1}", key),
                        post(service, acme.admin(), webhook + "/recoveries/", "{\"x\":1}", key),
                        post(service, acme.admin(), REDELIVER, "{\"x\":1}", key))) {
            assertThat(other.status()).as("%s", other).isEqualTo(409);
            assertThat(header(other, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(other.text("detail")).contains("another request");
        }
        assertThat(count(WEBHOOKS)).isEqualTo(1);
        assertThat(service.snapshots(acme)).hasSize(1);
    }

    @Test
    void areEachCallersOwn() {
        var script = acme.apiKey();
        var other = TestOrganization.of(service, Plan.ORGANIZATION);

        var first = post(service, acme.admin(), WEBHOOKS, WEBHOOK, key);
        var second = post(service, script, WEBHOOKS, WEBHOOK, key);
        var third = post(service, other.admin(), WEBHOOKS, WEBHOOK, key);

        assertThat(List.of(first, second, third))
                .extracting(RunningService.Answer::status)
                .containsOnly(201);
        assertThat(List.of(first, second, third))
                .extracting(answer -> answer.text("uuid"))
                .doesNotHaveDuplicates();
    }

    static List<List<String>> requests() {
        return List.of(List.of(WEBHOOKS, WEBHOOK), List.of(KEYS, "{}"), List.of(ROTATE, "{}"));
    }

    /// One place is left, so that those that come too late would find none.
    @ParameterizedTest
    @MethodSource("requests")
    void areMadeOnceThoughTheyComeAtTheSameTime(List<String> request) throws Exception {
        for (int i = 0; i < 9; i++) {
            acme.webhook("AINOTE", "https://example.com/" + i);
        }
        for (int i = 0; i < 4; i++) {
            acme.apiKey();
        }
        int before = count(WEBHOOKS) + count(KEYS) + service.snapshots(acme).size();
        List<Future<RunningService.Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (int i = 0; i < 10; i++) {
                var instance = services.get(i % 2);
                Callable<RunningService.Answer> call =
                        () ->
                                post(
                                        instance,
                                        acme.admin(),
                                        request.getFirst(),
                                        request.getLast(),
                                        key);
                answers.add(threads.submit(call));
            }
        }
        List<String> bodies = new ArrayList<>();
        for (var answer : answers) {
            assertThat(answer.get().status()).as("%s", answer.get()).isIn(200, 201);
            bodies.add(answer.get().raw().body());
        }

        assertThat(bodies.stream().distinct()).hasSize(1);
        int changes = count(WEBHOOKS) + count(KEYS) + service.snapshots(acme).size() - before;
        assertThat(changes).isEqualTo(request.getFirst().equals(WEBHOOKS) ? 2 : 1);
    }

    @Test
    void areJudgedAgainWhereTheyWereRefused() {
        assertThat(post(service, acme.admin(), WEBHOOKS, "{}", key).status()).isEqualTo(400);
        assertThat(post(service, acme.admin(), WEBHOOKS, WEBHOOK, key).status()).isEqualTo(201);
    }

    @Test
    void areNewRequestsAfterADay() throws SQLException {
        var first = post(service, acme.admin(), WEBHOOKS, WEBHOOK, key);
        DatabaseDump.execute(
                service.database,
                "update idempotency_keys set created = created - interval '24 hours'");

        var nextDay = post(service, acme.admin(), WEBHOOKS, WEBHOOK, key);

        assertThat(nextDay.status()).isEqualTo(201);
        assertThat(nextDay.text("uuid")).isNotEqualTo(first.text("uuid"));
        DatabaseDump.execute(
                service.database,
                "update idempotency_keys set created = created - interval '24 hours'");
        await().until(() ->
                DatabaseDump.texts(
                                service.database,
                                "select key from idempotency_keys where key = '" + key + "'")
                        .isEmpty());
    }

    @Test
    void needAKeyThatIsOne() {
        for (var bad : List.of("", "k".repeat(256))) {
            var answer = post(service, acme.admin(), WEBHOOKS, WEBHOOK, bad);
            assertThat(answer.status()).as("%s: %s", bad, answer).isEqualTo(400);
            assertThat(answer.text("detail")).startsWith("Idempotency-Key: must be");
        }
        assertThat(count(WEBHOOKS)).isZero();
        for (var good : List.of("k".repeat(255), "a,b", "\"quoted\"")) {
            assertThat(post(service, acme.admin(), WEBHOOKS, WEBHOOK, good).status())
                    .isEqualTo(201);
        }
    }

    private static RunningService.Answer post(
            RunningService service,
            String credentials,
            String path,
            @Nullable String body,
            String key) {
        return service.call("POST", credentials, path, body, "Idempotency-Key", key);
    }

    private static @Nullable String header(RunningService.Answer answer, String name) {
        return answer.raw().headers().firstValue(name).orElse(null);
    }

    private int count(String path) {
        return service.get(acme.admin(), path).json().path("count").asInt();
    }
}
