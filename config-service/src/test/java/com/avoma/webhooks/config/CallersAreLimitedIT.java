package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two instances on one database, with a limit that a test reaches and that refills slowly.
class CallersAreLimitedIT {
    private static final int LIMIT = 6;
    private static final int SECONDS_PER_TOKEN = 10;
    private static final String PATH = "/v1/trigger-events/";
    private static final List<RunningService> services = new ArrayList<>();

    private final RunningService service = services.getFirst();

    @BeforeAll
    static void startsTwo() {
        var parts = RunningService.Parts.fresh();
        for (int i = 0; i < 2; i++) {
            services.add(
                    RunningService.start(parts, "--webhooks.api.requests-per-minute=" + LIMIT));
        }
    }

    @AfterAll
    static void stopsThem() {
        services.forEach(RunningService::close);
    }

    @Test
    void letsAKeyCallSoOftenAndThenAsOftenAsItsBucketIsRefilled() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var key = acme.apiKey();
        var otherKey = acme.apiKey();
        for (int i = 0; i < LIMIT; i++) {
            assertThat(services.get(i % 2).get(key, PATH).status()).isEqualTo(200);
        }

        for (var instance : services) {
            assertLimited(instance.get(key, PATH), "requests came");
        }
        // a refusal costs nothing, so one token is back when it was announced
        assertThat(service.get(otherKey, PATH).status()).isEqualTo(200);
        assertThat(service.get(acme.admin(), PATH).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(SECONDS_PER_TOKEN + 5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> service.get(key, PATH).status() == 200);
        assertLimited(service.get(key, PATH), "requests came");
    }

    @Test
    void letsNoMoreThroughInARace() throws Exception {
        var key = TestOrganization.of(service, Plan.ENTERPRISE).apiKey();
        List<Future<Integer>> calls = new ArrayList<>();
        long begin = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (int i = 0; i < 40; i++) {
                var instance = services.get(i % 2);
                Callable<Integer> call = () -> instance.get(key, PATH).status();
                calls.add(threads.submit(call));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (var call : calls) {
            statuses.add(call.get());
        }
        long refilled = (System.nanoTime() - begin) / 1_000_000_000 / SECONDS_PER_TOKEN;

        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses.stream().filter(status -> status == 200).count())
                .isBetween((long) LIMIT, LIMIT + refilled);
    }

    @Test
    void countsFailedLoginsAgainstTheAddressAndLetsRightCredentialsIn() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var key = acme.apiKey();
        var guess = "0123456789abcdef0123456789abcdef:guess";
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < LIMIT + 4; i++) {
            statuses.add(services.get(i % 2).get(i % 3 == 0 ? "a.b.c" : guess, PATH).status());
        }

        assertThat(statuses.subList(0, LIMIT)).containsOnly(401);
        assertThat(statuses.subList(LIMIT, statuses.size())).contains(429);
        assertLimited(service.get(guess, PATH), "logins failed");
        assertThat(service.get(key, PATH).status()).isEqualTo(200);
        // nothing was presented, so nothing failed
        assertThat(service.get(null, PATH).status()).isEqualTo(401);
    }

    private static void assertLimited(RunningService.Answer answer, String what) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(429);
        assertThat(answer.raw().headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.raw().headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, (long) SECONDS_PER_TOKEN);
        assertThat(answer.text("detail"))
                .isEqualTo("More than " + LIMIT + " " + what + " in a minute.");
    }
}
