package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.directory.Plan;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

class NothingBlocksAnEventLoopIT {
    private static RunningService service;

    @BeforeAll
    static void start() {
        BlockingCalls.watch();
        service =
                RunningService.start(
                        RunningService.Parts.fresh(),
                        "--spring.profiles.active=quickstart",
                        "--webhooks.console.username=admin",
                        "--webhooks.console.password=secret",
                        "--webhooks.console.organization=" + UUID.randomUUID());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void forget() {
        BlockingCalls.seen();
    }

    @Test
    void seesWhatBlocksAnEventLoop() {
        var loops = LoopResources.create("test", 1, true);
        try {
            var loop = loops.onServer(true).next();

            var blocking = loop.submit(() -> LockSupport.parkNanos(1_000_000));

            assertThatThrownBy(blocking::get).rootCause().hasMessageContaining("park");
            assertThat(BlockingCalls.seen()).hasSize(1);
            assertThatThrownBy(() ->
                            Mono.fromCallable(
                                            () -> {
                                                Thread.sleep(1);
                                                return 1;
                                            })
                                    .subscribeOn(reactor.core.scheduler.Schedulers.parallel())
                                    .block())
                    .hasMessageContaining("sleep");
            assertThat(BlockingCalls.seen()).hasSize(1);
        } finally {
            loops.disposeLater().block(Duration.ofSeconds(10));
        }
    }

    @Test
    void seesNothingInAllThatTheServiceDoes() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var key = acme.apiKey();
        var created =
                service.post(
                        key,
                        "/v1/webhooks/",
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/","teams":["%s"],
                         "headers":[{"name":"Authorization","value":"s3cret","secret":true}]}
                        """
                                .formatted(acme.team()));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        var path = "/v1/webhooks/" + created.text("uuid") + "/";
        assertThat(service.patch(key, path, "{\"name\":\"Another\"}").status()).isEqualTo(200);
        assertThat(service.get(key, path).status()).isEqualTo(200);
        assertThat(service.get(key, "/v1/webhooks/?limit=1").status()).isEqualTo(200);
        assertThat(service.get(key, "/v1/teams/").status()).isEqualTo(200);
        try (var _ = SimulatedDelivery.delivers(service.prefix)) {
            assertThat(service.post(key, path + "test/", null).status()).isEqualTo(200);
        }
        assertThat(service.post(key, path + "match-preview/", "{}").status()).isEqualTo(200);
        var recovery =
                service.post(
                        key,
                        path + "recoveries/",
                        "{\"since\":\"2026-03-01T00:00:00Z\",\"only\":\"all\"}");
        assertThat(recovery.status()).isEqualTo(202);
        var recoveryPath = path + "recoveries/" + recovery.text("id") + "/";
        assertThat(service.get(key, recoveryPath).status()).isEqualTo(200);
        assertThat(service.delete(key, recoveryPath).status()).isEqualTo(204);
        var secret = "/v1/webhooks/signing-secret/";
        assertThat(service.post(key, secret + "rotate/", "{\"overlap\":\"PT1H\"}").status())
                .isEqualTo(200);
        assertThat(service.get(key, secret).status()).isEqualTo(200);
        assertThat(
                        service.patch(key, secret, "{\"signing_secret\":\"one of our own choice\"}")
                                .status())
                .isEqualTo(200);
        assertThat(service.delete(key, secret).status()).isEqualTo(204);
        var second = service.post(key, "/v1/api-keys/", "{\"name\":\"CI\"}");
        assertThat(second.status()).isEqualTo(201);
        assertThat(service.get(key, "/v1/api-keys/").status()).isEqualTo(200);
        assertThat(service.delete(key, "/v1/api-keys/" + second.text("client_key") + "/").status())
                .isEqualTo(204);
        assertThat(service.delete(key, path).status()).isEqualTo(204);

        assertThat(service.get(key, path).status()).isEqualTo(404);
        assertThat(service.get("nonsense", "/v1/webhooks/").status()).isEqualTo(401);
        assertThat(service.get("a:b", "/v1/webhooks/").status()).isEqualTo(401);
        assertThat(service.get(acme.member(), "/v1/webhooks/").status()).isEqualTo(403);
        assertThat(service.post(key, "/v1/webhooks/", "{\"team\":[]}").status()).isEqualTo(400);
        assertThat(service.post(key, "/v1/webhooks/", "{").status()).isEqualTo(400);
        assertThat(service.get(key, "/nothing").status()).isEqualTo(404);

        service.maintain("reseal");
        for (var path2 : new String[] {"health/readiness", "prometheus", "maintenance", "info"}) {
            assertThat(
                            service.get(key, service.managementAddress() + "/actuator/" + path2)
                                    .status())
                    .as(path2)
                    .isEqualTo(200);
        }
        assertThat(BlockingCalls.seen()).isEmpty();
    }

    @Test
    void seesNothingInThePagesOfTheConsole() throws Exception {
        var browser = new ConsoleSession(service.address());
        assertThat(browser.signIn("admin", "secret").statusCode()).isEqualTo(200);
        for (var page :
                new String[] {
                    "/",
                    "/console/webhooks/new",
                    "/console/webhooks/sample?event_type=AINOTE",
                    "/console/signing-secret/generate",
                    "/console/deliveries",
                    "/console/events?event_id=x",
                    "/console/api-keys",
                    "/console/verification",
                    "/console/audit-log"
                }) {
            assertThat(browser.get(page).statusCode()).as(page).isEqualTo(200);
        }
        assertThat(browser.get("/nowhere").statusCode()).isEqualTo(404);
        try (var stream = browser.stream("/console/deliveries/live").body()) {
            assertThat(stream.read()).isEqualTo('e');
        }
        assertThat(BlockingCalls.seen()).isEmpty();
    }
}
