package com.avoma.webhooks.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What an overlay comes to, and the code that it is held against.
///
/// @param objects everything that is applied: services, migration and, where it has one, Kafka
record Installation(List<Map<String, Object>> objects) {
    static final Path ROOT = Path.of("..", "..");
    static final Path OVERLAYS = Path.of("overlays");
    static final Set<String> SERVICES =
            Set.of("config-service", "dispatcher-service", "delivery-service");

    static Installation of(String overlay) {
        return new Installation(
                directories(OVERLAYS.resolve(overlay)).stream()
                        .flatMap(directory -> Kustomization.render(directory).stream())
                        .toList());
    }

    /// What is applied by itself.
    static List<Path> directories(Path overlay) {
        return Stream.of(overlay, overlay.resolve("migration"), overlay.resolve("kafka"))
                .filter(path -> path.resolve("kustomization.yaml").toFile().exists())
                .toList();
    }

    /// Each directory of all overlays that is applied by itself.
    static List<Path> applied() throws IOException {
        try (var overlays = Files.list(OVERLAYS)) {
            return overlays.sorted().flatMap(overlay -> directories(overlay).stream()).toList();
        }
    }

    List<Map<String, Object>> all(String... kinds) {
        return where(object -> List.of(kinds).contains(object.get("kind")));
    }

    private List<Map<String, Object>> where(Predicate<Map<String, Object>> condition) {
        return objects.stream().filter(condition).toList();
    }

    Map<String, Object> one(String kind, String name) {
        return all(kind).stream()
                .filter(object -> name.equals(Yaml.at(object, "metadata", "name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    List<Map<String, Object>> workloads() {
        return all("Deployment", "StatefulSet", "Job");
    }

    /// The deployment or stateful set of a service.
    Map<String, Object> service(String name) {
        return one(name.equals("dispatcher-service") ? "StatefulSet" : "Deployment", name);
    }

    static Map<String, Object> pod(Map<String, Object> workload) {
        return Yaml.map(workload, "spec", "template", "spec");
    }

    static Map<String, Object> container(Map<String, Object> workload) {
        return Yaml.map(pod(workload), "containers", "0");
    }

    /// Each variable of the container with its value; of a secret `secret NAME/KEY`.
    Map<String, String> environment(Map<String, Object> workload) {
        Map<String, String> environment = new HashMap<>();
        var container = container(workload);
        for (var source : Yaml.list(container, "envFrom")) {
            var map = one("ConfigMap", Yaml.text(source, "configMapRef", "name"));
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

    static Map<String, Object> labels(Map<String, Object> workload) {
        return Yaml.map(workload, "spec", "template", "metadata", "labels");
    }

    /// Whether a label selector means pods with such labels. An empty one means all.
    static boolean selects(Object selector, Map<String, Object> labels) {
        boolean named = labels.entrySet().containsAll(Yaml.map(selector, "matchLabels").entrySet());
        return named
                && Yaml.list(selector, "matchExpressions").stream()
                        .allMatch(one ->
                                "In".equals(Yaml.at(one, "operator"))
                                        && Yaml.list(one, "values")
                                                .contains(labels.get(Yaml.text(one, "key"))));
    }

    /// The settings of a service, as its `application.yaml` has them: keys may be joined by dots.
    static Object setting(String service, String name) {
        var file = ROOT.resolve(service).resolve("src/main/resources/application.yaml");
        return find(Yaml.one(file), name);
    }

    private static Object find(Object value, String name) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        if (map.containsKey(name)) {
            return map.get(name);
        }
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            var found = find(map.get(name.substring(0, dot)), name.substring(dot + 1));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
