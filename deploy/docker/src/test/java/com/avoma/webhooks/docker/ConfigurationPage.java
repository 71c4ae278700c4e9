package com.avoma.webhooks.docker;

import com.avoma.webhooks.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// docs/configuration.md: text, and for each service a table that is made of the metadata of its
/// properties, which is made of their doc comments.
final class ConfigurationPage {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path PAGE = ROOT.resolve("docs").resolve("configuration.md");
    private static final List<String> SERVICES =
            List.of("config-service", "dispatcher-service", "delivery-service");

    private ConfigurationPage() {}

    static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The page with the tables as they have to be.
    static String renewed() {
        var page = text();
        for (var service : SERVICES) {
            var heading = "## " + service + "\n";
            int begin = page.indexOf("|", page.indexOf(heading));
            int end = page.indexOf("\n\n", begin);
            page =
                    page.substring(0, begin)
                            + table(service)
                            + (end < 0 ? "\n" : page.substring(end));
        }
        return page;
    }

    static void write(String page) {
        try {
            Files.writeString(PAGE, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table(String service) {
        var metadata =
                ROOT.resolve(service)
                        .resolve("target/classes/META-INF/spring-configuration-metadata.json");
        try {
            Map<?, ?> content = Json.read(Files.readAllBytes(metadata), Map.class);
            return ((List<?>) content.get("properties"))
                    .stream()
                            .map(property -> (Map<?, ?>) property)
                            .filter(p -> p.get("name").toString().startsWith("webhooks."))
                            .filter(p -> p.containsKey("description"))
                            .map(ConfigurationPage::row)
                            .sorted()
                            .collect(
                                    Collectors.joining(
                                            "\n",
                                            "| key | default | what it is |\n|---|---|---|\n",
                                            ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(Map<?, ?> property) {
        var description = property.get("description").toString().replaceAll("\\s+", " ");
        return "| `%s` | %s | %s |"
                .formatted(
                        property.get("name"),
                        shown(property.get("defaultValue")),
                        description.replace("|", "\\|"));
    }

    private static String shown(Object value) {
        // lists as they are set
        var text = value == null ? "" : value.toString().replaceAll("^\\[|]$", "");
        return text.isEmpty() ? "" : "`" + text.replace(", ", ",") + "`";
    }
}
