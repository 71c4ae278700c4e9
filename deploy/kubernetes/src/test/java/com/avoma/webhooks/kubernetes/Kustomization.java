package com.avoma.webhooks.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// As much of Kustomize as is used here, so that the tests do not need it: what it makes of the
/// overlays is held against this one where it is there. Names of generated objects get no suffix.
final class Kustomization {
    /// Of a kustomization file: what is known here.
    static final Set<String> KEYS =
            Set.of(
                    "apiVersion",
                    "components",
                    "configMapGenerator",
                    "images",
                    "kind",
                    "namespace",
                    "patches",
                    "replicas",
                    "resources");

    private final List<Map<String, Object>> objects = new ArrayList<>();
    private final Set<Path> files = new HashSet<>();

    private Kustomization() {}

    /// Everything that a directory comes to.
    static List<Map<String, Object>> render(Path directory) {
        return read(directory).objects;
    }

    /// The files that a directory is made of.
    static Set<Path> files(Path directory) {
        return read(directory).files;
    }

    private static Kustomization read(Path directory) {
        var made = new Kustomization();
        made.add(directory.normalize());
        return made;
    }

    private void add(Path directory) {
        var file = directory.resolve("kustomization.yaml");
        files.add(file);
        var content = Yaml.one(file);
        if (!KEYS.containsAll(content.keySet())) {
            throw new AssertionError(file + " has other keys than " + KEYS);
        }
        for (var resource : Yaml.list(content, "resources")) {
            var path = directory.resolve(resource.toString()).normalize();
            if (Files.isDirectory(path)) {
                add(path);
            } else {
                files.add(path);
                objects.addAll(Yaml.documents(path));
            }
        }
        for (var component : Yaml.list(content, "components")) {
            add(directory.resolve(component.toString()).normalize());
        }
        Yaml.list(content, "configMapGenerator").forEach(map -> generate(directory, map));
        for (var patch : Yaml.list(content, "patches")) {
            var path = directory.resolve(Yaml.text(patch, "path")).normalize();
            files.add(path);
            Yaml.documents(path).forEach(one -> merge(target(one), one));
        }
        transform(content);
    }

    private void transform(Map<String, Object> content) {
        for (var replicas : Yaml.list(content, "replicas")) {
            objects.stream()
                    .filter(object ->
                            Yaml.text(object, "metadata", "name")
                                    .equals(Yaml.text(replicas, "name")))
                    .filter(object -> Yaml.at(object, "spec", "template") != null)
                    .forEach(object ->
                            Yaml.map(object, "spec").put("replicas", Yaml.at(replicas, "count")));
        }
        for (var image : Yaml.list(content, "images")) {
            for (var object : objects) {
                for (var container :
                        Yaml.list(
                                object.get("spec") instanceof Map<?, ?> spec ? spec : Map.of(),
                                "template",
                                "spec",
                                "containers")) {
                    if (Yaml.at(container, "image").equals(Yaml.at(image, "name"))) {
                        var full = Yaml.text(image, "newName") + ":" + Yaml.text(image, "newTag");
                        Yaml.map(container).put("image", full);
                    }
                }
            }
        }
        if (content.containsKey("namespace")) {
            objects.forEach(object ->
                    Yaml.map(object, "metadata").put("namespace", content.get("namespace")));
        }
    }

    private void generate(Path directory, Object generator) {
        var data = new TreeMap<String, Object>();
        for (var name : Yaml.list(generator, "envs")) {
            var file = directory.resolve(name.toString());
            files.add(file);
            data.putAll(variables(file));
        }
        var made = new LinkedHashMap<String, Object>();
        made.put("apiVersion", "v1");
        made.put("kind", "ConfigMap");
        made.put("metadata", new LinkedHashMap<>(Map.of("name", Yaml.at(generator, "name"))));
        if ("merge".equals(Yaml.at(generator, "behavior"))) {
            Yaml.map(target(made), "data").putAll(data);
        } else {
            made.put("data", data);
            objects.add(made);
        }
    }

    private static Map<String, Object> variables(Path file) {
        var variables = new TreeMap<String, Object>();
        try {
            for (var line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int at = line.indexOf('=');
                    variables.put(line.substring(0, at), line.substring(at + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return variables;
    }

    private Map<String, Object> target(Map<String, Object> like) {
        return objects.stream()
                .filter(object -> object.get("kind").equals(like.get("kind")))
                .filter(object ->
                        Yaml.at(object, "metadata", "name")
                                .equals(Yaml.at(like, "metadata", "name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing to patch with " + like));
    }

    /// Maps are merged by key, lists of named things by name; what is new comes first.
    private static void merge(Map<String, Object> into, Map<String, Object> patch) {
        patch.forEach((key, value) -> {
            var old = into.get(key);
            if (old instanceof Map<?, ?> && value instanceof Map<?, ?>) {
                merge(Yaml.map(old), Yaml.map(value));
            } else if (old instanceof List<?> && value instanceof List<?>) {
                for (var item : Yaml.list(value)) {
                    var name = Yaml.at(item, "name");
                    Yaml.list(old).stream()
                            .filter(one -> name.equals(Yaml.at(one, "name")))
                            .filter(one -> !key.equals("volumeMounts"))
                            .findFirst()
                            .ifPresentOrElse(
                                    one -> merge(Yaml.map(one), Yaml.map(item)),
                                    () -> Yaml.list(old).addFirst(item));
                }
            } else {
                into.put(key, value);
            }
        });
    }
}
