package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// What the pods are, held against the services that run in them.
class WorkloadsTest {
    private static final Duration PHASE = Duration.ofSeconds(30); // Spring Boot's

    /// What the JVM of the largest service needs beside its heap: 490 MiB resident with a heap of
    /// 256 MiB (docs/performance.md).
    private static final int BESIDE_THE_HEAP = 235;

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void areTheServicesAndTheMigration(String overlay) {
        var installation = Installation.of(overlay);

        assertThat(installation.workloads())
                .extracting(workload -> Yaml.text(workload, "metadata", "name"))
                .containsExactlyInAnyOrder(
                        "config-service", "dispatcher-service", "delivery-service", "migration");
        assertThat(installation.objects())
                .allSatisfy(object ->
                        assertThat(Yaml.at(object, "metadata", "namespace"))
                                .isEqualTo("avoma-webhooks"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void runImagesThatAreBuiltHere(String overlay) {
        var compose = Yaml.one(Installation.ROOT.resolve("docker-compose.yml"));
        for (var workload : Installation.of(overlay).workloads()) {
            var image = Yaml.text(Installation.container(workload), "image");
            var service = image.substring(image.indexOf('/') + 1, image.indexOf(':'));
            assertThat(image).isEqualTo(Yaml.text(compose, "services", service, "image"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void haveNoRights(String overlay) throws IOException {
        var dockerfile = Files.readString(Installation.ROOT.resolve("deploy/docker/Dockerfile"));
        for (var workload : Installation.of(overlay).workloads()) {
            var pod = Installation.pod(workload);
            var container = Installation.container(workload);
            assertThat(pod)
                    .containsEntry("automountServiceAccountToken", false)
                    .containsEntry("enableServiceLinks", false)
                    .doesNotContainKeys("hostNetwork", "hostPID", "hostIPC", "initContainers");
            assertThat(Yaml.list(pod, "containers")).hasSize(1);
            assertThat(Yaml.map(pod, "securityContext"))
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
            assertThat(dockerfile)
                    .contains(
                            "USER %s:%s"
                                    .formatted(
                                            Yaml.at(pod, "securityContext", "runAsUser"),
                                            Yaml.at(pod, "securityContext", "runAsGroup")));
            assertThat(Yaml.map(container, "securityContext"))
                    .isEqualTo(
                            Map.of(
                                    "allowPrivilegeEscalation",
                                    false,
                                    "readOnlyRootFilesystem",
                                    true,
                                    "capabilities",
                                    Map.of("drop", List.of("ALL"))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void mountVolumesThatTheyHave(String overlay) {
        for (var workload : Installation.of(overlay).workloads()) {
            var volumes = Yaml.list(Installation.pod(workload), "volumes");
            var mounts = Yaml.list(Installation.container(workload), "volumeMounts");
            assertThat(mounts)
                    .extracting(mount -> Yaml.at(mount, "name"))
                    .containsExactlyInAnyOrderElementsOf(
                            volumes.stream().map(volume -> Yaml.at(volume, "name")).toList());
            // the file system is read-only: native libraries are unpacked somewhere
            assertThat(mounts).contains(Map.of("name", "tmp", "mountPath", "/tmp"));
            assertThat(volumes)
                    .anyMatch(volume ->
                            "tmp".equals(Yaml.at(volume, "name"))
                                    && Yaml.map(volume).containsKey("emptyDir"));
        }
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void setPropertiesThatTheServicesHave(String overlay) throws IOException {
        var installation = Installation.of(overlay);
        var known = environmentKeys();
        for (var workload : installation.workloads()) {
            assertThat(known)
                    .as(Yaml.text(workload, "metadata", "name"))
                    .containsAll(
                            environment(installation, workload).keySet().stream()
                                    // entries of maps, which the next test looks at
                                    .filter(key ->
                                            !key.matches(
                                                    "SPRING_SECURITY_OAUTH2_CLIENT_(REGISTRATION|PROVIDER)_PRODUCT_.*"))
                                    .toList());
        }
        assertThat(environment(installation, installation.service("config-service")))
                .containsEntry("SPRING_FLYWAY_ENABLED", "false");
        assertThat(environment(installation, installation.one("Job", "migration")))
                .doesNotContainKey("SPRING_FLYWAY_ENABLED");
    }

    /// As Spring Boot reads it from the environment, on the side of the console.
    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void letTheConsoleSignAdminsIn(String overlay) {
        var installation = Installation.of(overlay);
        Map<String, Object> variables =
                new HashMap<>(environment(installation, installation.service("config-service")));
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);

        var client =
                Binder.get(environment)
                        .bind("spring.security.oauth2.client", OAuth2ClientProperties.class)
                        .get();
        var registration = client.getRegistration().get("product");
        var provider = client.getProvider().get("product");
        assertThat(registration.getClientId()).isNotBlank();
        assertThat(registration.getClientSecret()).isEqualTo("secret identity/client-secret");
        assertThat(registration.getAuthorizationGrantType()).isEqualTo("authorization_code");
        assertThat(registration.getRedirectUri())
                .isEqualTo("{baseUrl}/login/oauth2/code/{registrationId}");
        assertThat(registration.getScope()).containsExactly("openid");
        assertThat(provider.getAuthorizationUri()).startsWith("https://");
        assertThat(provider.getTokenUri()).startsWith("https://");
        assertThat(provider.getJwkSetUri())
                .startsWith("https://")
                .isEqualTo(variables.get("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI"));
    }

    @Test
    void takeSettingsFromMapsThatThereAreAndSecretsThatTheReadmeNames() throws IOException {
        var readme = Files.readString(java.nio.file.Path.of("README.md"));
        for (var overlay : List.of("small", "production")) {
            var installation = Installation.of(overlay);
            Set<String> secrets = new TreeSet<>();
            for (var workload : installation.workloads()) {
                environment(installation, workload).values().stream()
                        .filter(value -> value.startsWith("secret "))
                        .forEach(value -> secrets.add(value.substring(7)));
                for (var volume : Yaml.list(Installation.pod(workload), "volumes")) {
                    if (Yaml.map(volume).containsKey("secret")) {
                        secrets.add(Yaml.text(volume, "secret", "secretName") + "/keyset.json");
                    }
                }
            }
            secrets.removeIf(secret -> secret.endsWith("/user.password")); // Strimzi's
            assertThat(secrets)
                    .containsExactly(
                            "database/password",
                            "database/username",
                            "identity/client-secret",
                            "keyset/keyset.json");
            for (var secret : secrets) {
                assertThat(readme).contains("`" + secret.replace("/", "` | `") + "`");
            }
        }
    }

    @Test
    void giveEachDispatcherANameOfItsOwnThatItKeeps() {
        var workload = Installation.of("production").service("dispatcher-service");

        assertThat(workload).containsEntry("kind", "StatefulSet");
        assertThat(Yaml.list(Installation.container(workload), "env"))
                .contains(
                        Map.of(
                                "name",
                                "WEBHOOKS_DISPATCHER_INSTANCE_ID",
                                "valueFrom",
                                Map.of("fieldRef", Map.of("fieldPath", "metadata.name"))));
        assertThat(
                        Installation.setting(
                                        "dispatcher-service",
                                        "spring.kafka.producer.transaction-id-prefix")
                                .toString())
                .contains("${webhooks.dispatcher.instance-id}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void migrateByTheCommandOfTheServiceAndOnce(String overlay) throws IOException {
        var job = Installation.of(overlay).one("Job", "migration");
        var source =
                Installation.ROOT.resolve(
                        "config-service/src/main/java/com/avoma/webhooks/config/MigrationApplication.java");

        assertThat(Yaml.list(Installation.container(job), "args")).hasSize(1);
        assertThat(Files.readString(source))
                .contains(
                        "COMMAND = \""
                                + Yaml.text(Installation.container(job), "args", "0")
                                + "\"");
        assertThat(Yaml.at(Installation.pod(job), "restartPolicy")).isEqualTo("Never");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void areSpreadAndDrainedOneAtATime(String overlay) {
        var installation = Installation.of(overlay);
        for (var service : Installation.SERVICES) {
            var workload = installation.service(service);
            var labels = Installation.labels(workload);
            assertThat(labels)
                    .isEqualTo(
                            Map.of(
                                    "app.kubernetes.io/name",
                                    service,
                                    "app.kubernetes.io/part-of",
                                    "avoma-webhooks"));
            List<Object> selectors = new ArrayList<>();
            selectors.add(Yaml.at(workload, "spec", "selector"));
            selectors.add(
                    Yaml.at(installation.one("PodDisruptionBudget", service), "spec", "selector"));
            selectors.add(
                    Yaml.at(
                            Installation.pod(workload),
                            "affinity",
                            "podAntiAffinity",
                            "preferredDuringSchedulingIgnoredDuringExecution",
                            "0",
                            "podAffinityTerm",
                            "labelSelector"));
            selectors.add(
                    Yaml.at(
                            Installation.pod(workload),
                            "topologySpreadConstraints",
                            "0",
                            "labelSelector"));
            assertThat(selectors)
                    .allSatisfy(selector ->
                            assertThat(selector)
                                    .isEqualTo(
                                            Map.of(
                                                    "matchLabels",
                                                    Map.of("app.kubernetes.io/name", service))));
            assertThat(
                            Yaml.at(
                                    installation.one("PodDisruptionBudget", service),
                                    "spec",
                                    "maxUnavailable"))
                    .isEqualTo(1);
        }
    }

    @Test
    void areReachedByTheIngress() {
        var installation = Installation.of("production");
        var backend =
                Yaml.map(
                        installation.one("Ingress", "config-service"),
                        "spec",
                        "rules",
                        "0",
                        "http",
                        "paths",
                        "0",
                        "backend",
                        "service");
        var service = installation.one("Service", Yaml.text(backend, "name"));

        assertThat(Yaml.at(service, "spec", "selector"))
                .isEqualTo(Map.of("app.kubernetes.io/name", "config-service"));
        assertThat(Yaml.list(service, "spec", "ports"))
                .extracting(port -> Yaml.at(port, "name"), port -> Yaml.at(port, "targetPort"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Yaml.at(backend, "port", "name"), "http"));
    }

    /// Each variable of the container with its value; of a secret `secret NAME/KEY`.
    static Map<String, String> environment(
            Installation installation, Map<String, Object> workload) {
        Map<String, String> environment = new HashMap<>();
        var container = Installation.container(workload);
        for (var source : Yaml.list(container, "envFrom")) {
            var map = installation.one("ConfigMap", Yaml.text(source, "configMapRef", "name"));
            Yaml.map(map, "data").forEach((key, value) -> environment.put(key, value.toString()));
        }
        for (var variable : Yaml.list(container, "env")) {
            var secret = Yaml.map(variable, "valueFrom", "secretKeyRef");
            var value =
                    secret.isEmpty()
                            ? Yaml.text(variable, "value")
                            : "secret " + secret.get("name") + "/" + secret.get("key");
            environment.put(Yaml.text(variable, "name"), value);
        }
        return environment;
    }

    private static int mebibytes(String quantity) {
        int number = Integer.parseInt(quantity.substring(0, quantity.length() - 2));
        return quantity.endsWith("Gi") ? number * 1024 : number;
    }

    /// Of all properties on the class path, as the environment has them.
    private static Set<String> environmentKeys() throws IOException {
        Set<String> keys = new HashSet<>();
        var metadata =
                WorkloadsTest.class
                        .getClassLoader()
                        .getResources("META-INF/spring-configuration-metadata.json");
        for (var resource : Collections.list(metadata)) {
            try (var in = resource.openStream()) {
                Map<?, ?> content = Json.read(in.readAllBytes(), Map.class);
                for (var property : Yaml.list(content, "properties")) {
                    var name = Yaml.text(property, "name").replace(".", "_");
                    // Spring takes both forms
                    keys.add(name.replace("-", "").toUpperCase(Locale.ROOT));
                    keys.add(name.replace("-", "_").toUpperCase(Locale.ROOT));
                }
            }
        }
        return keys;
    }
}
