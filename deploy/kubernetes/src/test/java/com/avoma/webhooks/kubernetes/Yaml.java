package com.avoma.webhooks.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/// YAML as maps and lists, and what is found on the way into them.
final class Yaml {
    private Yaml() {}

    /// Each document of a file that is not empty. A key that is there twice is a fault.
    static List<Map<String, Object>> documents(Path file) {
        try {
            return documents(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Map<String, Object>> documents(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> documents = new ArrayList<>();
        for (var document : new org.yaml.snakeyaml.Yaml(options).loadAll(text)) {
            if (document != null) {
                documents.add(map(document));
            }
        }
        return documents;
    }

    static Map<String, Object> one(Path file) {
        return documents(file).getFirst();
    }

    /// What is below the keys; null where there is nothing.
    static Object at(Object value, String... keys) {
        for (var key : keys) {
            value =
                    value instanceof List<?> list
                            ? list.get(Integer.parseInt(key))
                            : map(value).get(key);
        }
        return value;
    }

    static String text(Object value, String... keys) {
        return String.valueOf(at(value, keys));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    static Map<String, Object> map(Object value, String... keys) {
        return map(at(value, keys));
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value, String... keys) {
        var found = at(value, keys);
        return found == null ? List.of() : (List<Object>) found;
    }
}
