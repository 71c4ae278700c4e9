package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;

/// How pods come, live and go, held against what the services do meanwhile.
class LivesTest {
    private static final Duration PHASE = Duration.ofSeconds(30); // Spring Boot's

    /// What the JVM of the largest service needs beside its heap: 490 MiB resident with a heap of
    /// 256 MiB (docs/performance.md).
    private static final int BESIDE_THE_HEAP = 235;

    @ParameterizedTest
    @ValueSource(strings = {"config-service", "dispatcher-service", "delivery-service"})
    void areAskedWhereTheyAnswer(String service) {
        var container = Installation.container(Installation.of("production").service(service));
        var ports = new HashMap<String, Object>();
        Yaml.list(container, "ports")
                .forEach(
                        port -> ports.put(Yaml.text(port, "name"), Yaml.at(port, "containerPort")));

        assertThat(ports.get("management"))
                .isEqualTo(Installation.setting(service, "management.server.port"));
        assertThat(ports.get("http"))
                .isEqualTo(
                        service.equals("config-service")
                                ? Installation.setting(service, "server.port")
                                : null);
        assertThat(Installation.setting(service, "management.endpoint.health.probes.enabled"))
                .isEqualTo(true);
        for (var probe :
                Map.of(
                                "startupProbe", "liveness",
                                "livenessProbe", "liveness",
                                "readinessProbe", "readiness")
                        .entrySet()) {
            assertThat(Yaml.map(container, probe.getKey(), "httpGet"))
                    .as(probe.getKey())
                    .isEqualTo(
                            Map.of(
                                    "path",
                                    "/actuator/health/" + probe.getValue(),
                                    "port",
                                    "management"));
            // the slowest look of a readiness group at the brokers takes two seconds
            assertThat((int) Yaml.at(container, probe.getKey(), "timeoutSeconds")).isGreaterThan(2);
        }
        // a minute of trying to reach the brokers must not be taken for a failure
        assertThat(
                        (int) Yaml.at(container, "startupProbe", "periodSeconds")
                                * (int) Yaml.at(container, "startupProbe", "failureThreshold"))
                .isGreaterThanOrEqualTo(180);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-service", "dispatcher-service", "delivery-service"})
    void haveTheTimeToStopThatTheyTake(String service) {
        var workload = Installation.of("production").service(service);
        var pod = Installation.pod(workload);
        var own = Installation.setting(service, "spring.lifecycle.timeout-per-shutdown-phase");
        var phase = own == null ? PHASE : DurationStyle.detectAndParse(own.toString());
        var sleep =
                Yaml.list(
                        Installation.container(workload),
                        "lifecycle",
                        "preStop",
                        "exec",
                        "command");
        int before = sleep.isEmpty() ? 0 : Integer.parseInt(sleep.getLast().toString());

        assertThat((int) Yaml.at(pod, "terminationGracePeriodSeconds"))
                .isGreaterThanOrEqualTo((int) phase.toSeconds() + before + 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-service", "dispatcher-service", "delivery-service"})
    void haveRoomForTheJvm(String service) throws IOException {
        var options = Files.readString(Installation.ROOT.resolve(service).resolve("jvm.options"));
        var share = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)").matcher(options);
        assertThat(share.find()).isTrue();
        var resources =
                Yaml.map(
                        Installation.container(Installation.of("small").service(service)),
                        "resources");
        int limit = mebibytes(Yaml.text(resources, "limits", "memory"));

        assertThat(limit * (100 - Integer.parseInt(share.group(1))) / 100)
                .isGreaterThanOrEqualTo(BESIDE_THE_HEAP);
        assertThat(mebibytes(Yaml.text(resources, "requests", "memory")))
                .as("a JVM gives nothing back, so what it may take is what it asks for")
                .isEqualTo(limit);
        assertThat(Yaml.at(resources, "requests", "cpu")).isNotNull();
        assertThat(Yaml.at(resources, "limits", "cpu")).isNotNull();
    }

    private static int mebibytes(String quantity) {
        int number = Integer.parseInt(quantity.substring(0, quantity.length() - 2));
        return quantity.endsWith("Gi") ? number * 1024 : number;
    }
}
