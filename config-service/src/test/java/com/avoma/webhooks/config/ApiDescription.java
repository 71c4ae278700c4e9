package com.avoma.webhooks.config;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The service's own description of its API, and what it says of an answer.
final class ApiDescription {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");

    private final JsonNode document;

    ApiDescription(String json) {
        document = new JsonMapper().readTree(json);
    }

    JsonNode document() {
        return document;
    }

    /// Like `GET /v1/teams/`.
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        each((name, _) -> operations.add(name));
        return operations;
    }

    void each(BiConsumer<String, JsonNode> action) {
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue().properties().stream()
                                .filter(operation -> METHODS.contains(operation.getKey()))
                                .forEach(operation ->
                                        action.accept(
                                                operation.getKey().toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path.getKey(),
                                                operation.getValue())));
    }

    /// Where an answer differs from what is described.
    List<String> differences(String operation, RunningService.Answer answer) {
        var parts = operation.split(" ", 2);
        var responses =
                document.path("paths")
                        .path(parts[1])
                        .path(parts[0].toLowerCase(Locale.ROOT))
                        .path("responses");
        var response = responses.path(Integer.toString(answer.status()));
        List<String> differences = new ArrayList<>();
        if (response.isMissingNode()) {
            differences.add("status " + answer.status() + " is not described: " + answer);
            return differences;
        }
        var headers = answer.raw().headers();
        for (var name : List.of("ETag", "Retry-After", "WWW-Authenticate")) {
            if (headers.firstValue(name).isPresent() != response.path("headers").has(name)) {
                differences.add("header " + name + " is in one only: " + headers.map());
            }
        }
        var type = headers.firstValue("Content-Type").orElse("none");
        var content = response.path("content");
        if (answer.raw().body().isEmpty()) {
            if (!content.isEmpty()) {
                differences.add("a body is described and none came");
            }
        } else if (!content.has(type)) {
            differences.add("content type " + type + " is not described");
        } else {
            faults(content.path(type).path("schema"), answer.json())
                    .forEach(fault -> differences.add(fault.toString()));
        }
        return differences;
    }

    /// Where a value breaks a schema of the description. A field that is not described breaks it.
    List<Error> faults(JsonNode schema, JsonNode value) {
        var whole = new JsonMapper().createObjectNode();
        whole.set("components", document.path("components").deepCopy());
        whole.set("allOf", new JsonMapper().createArrayNode().add(schema.deepCopy()));
        close(whole);
        return REGISTRY.getSchema(whole).validate(value);
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.path("type").asString().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDescription::close);
    }
}
