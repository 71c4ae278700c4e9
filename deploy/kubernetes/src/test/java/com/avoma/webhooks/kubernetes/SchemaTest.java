package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every object is one that its API takes: where no cluster is, a field that is misspelt would be
/// found by whoever installs it.
class SchemaTest {
    static List<Path> directories() throws IOException {
        return Installation.applied();
    }

    @ParameterizedTest
    @MethodSource("directories")
    void hasObjectsThatTheirApisTake(Path directory) {
        var objects = Kustomization.render(directory);

        assertThat(objects).isNotEmpty();
        assertThat(objects)
                .allSatisfy(object ->
                        assertThat(Schemas.faults(object))
                                .as("%s %s", object.get("kind"), Yaml.at(object, "metadata"))
                                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("directories")
    void namesNothingTwice(Path directory) {
        assertThat(byName(Kustomization.render(directory)))
                .hasSameSizeAs(Kustomization.render(directory));
    }

    @Test
    void usesEveryFile() throws IOException {
        var used = new HashSet<Path>();
        directories().forEach(directory -> used.addAll(Kustomization.files(directory)));
        try (var files = Files.walk(Path.of(""))) {
            var there =
                    files.filter(file -> file.toString().matches(".*\\.(yaml|yml|env)"))
                            .filter(file -> !file.startsWith("target") && !file.startsWith("src"))
                            .map(Path::normalize)
                            .toList();
            assertThat(used).containsExactlyInAnyOrderElementsOf(there);
        }
    }

    /// The renderer of these tests is as good as the real one, for what is here.
    @ParameterizedTest
    @MethodSource("directories")
    void isRenderedByKustomizeAsByTheseTests(Path directory) throws Exception {
        assumeTrue(
                isThere("kubectl")
                        && kubectl("version", "--client").contains("Kustomize Version: v5"),
                "no kubectl 1.27 or newer on the path: Kustomize itself is not asked");
        var output = kubectl("kustomize", directory.toString());

        var rendered =
                Yaml.documents(
                        output.replaceAll(
                                "name: (kafka|database|identity)-[a-z0-9]{10}\\b", "name: $1"));
        assertThat(byName(rendered)).isEqualTo(byName(Kustomization.render(directory)));
        assertThat(Yaml.documents(output))
                .allSatisfy(object -> assertThat(Schemas.faults(object)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("directories")
    void hasNoSecret(Path directory) {
        assertThat(Kustomization.render(directory))
                .noneMatch(object -> object.get("kind").equals("Secret"));
    }

    @Test
    void findsFaults() {
        var wrong =
                "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {port: [{port: 80}]}}";
        var number =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: three, selector: {}, template: {}}}";
        var topic =
                "{apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, metadata: {name: a}, spec: {partition: 3}}";
        var acl =
                "{apiVersion: kafka.strimzi.io/v1, kind: KafkaUser, metadata: {name: a}, spec: {authorization: {type: simple, acls: [{resource: {type: topic, name: a, pattern: literal}, operations: [Read]}]}}}";
        var scaled =
                "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: a}, spec: {scaleTargetRef: {name: a}, maxReplicas: 3, triggers: []}}";
        var unknown = "{apiVersion: v2, kind: Service, metadata: {name: a}}";

        Stream.of(wrong, number, topic, acl, scaled, unknown)
                .forEach(text ->
                        assertThat(Schemas.faults(Yaml.documents(text).getFirst()))
                                .as(text)
                                .isNotEmpty());
    }

    private static Map<String, Object> byName(List<Map<String, Object>> objects) {
        var named = new TreeMap<String, Object>();
        objects.forEach(object ->
                named.put(object.get("kind") + " " + Yaml.at(object, "metadata", "name"), object));
        return named;
    }

    private static String kubectl(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(words));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
