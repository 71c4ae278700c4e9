package com.avoma.webhooks.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/// Rules and dashboards as they are read; JSON is YAML.
final class YamlFiles {
    private YamlFiles() {}

    static Map<?, ?> yaml(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }

    /// The objects of a list; none where there is no such list.
    static List<Map<?, ?>> list(Map<?, ?> of, String name) {
        List<Map<?, ?>> entries = new ArrayList<>();
        if (of.get(name) instanceof List<?> list) {
            list.forEach(entry -> entries.add((Map<?, ?>) entry));
        }
        return entries;
    }
}
