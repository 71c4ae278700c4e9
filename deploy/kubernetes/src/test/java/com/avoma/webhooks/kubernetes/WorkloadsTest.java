package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the pods are, held against the images that run in them.
class WorkloadsTest {
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
                .containsExactly(tuple(Yaml.at(backend, "port", "name"), "http"));
    }
}
