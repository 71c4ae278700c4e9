package com.avoma.webhooks.config.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request's JSON object, read field by field. What is wrong is collected, so that one answer
/// names every fault (the first 100); a field nobody knows is one, for a misspelt `teams` must not
/// send everybody's meetings. Absent and null are told apart, as a merge patch (RFC 7396) needs.
public final class JsonBody {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int MOST_ERRORS = 100;
    private static final int LONGEST_NAME = 100;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final ObjectNode object;
    private final String path;
    private final List<FieldError> errors;

    private JsonBody(ObjectNode object, String path, List<FieldError> errors) {
        this.object = object;
        this.path = path;
        this.errors = errors;
    }

    /// Reads a body; an empty one is an empty object.
    ///
    /// @throws RefusedException where it is not one JSON object
    public static JsonBody parse(byte @Nullable [] body, Set<String> known, Set<String> readOnly) {
        if (body == null || body.length == 0) {
            return new JsonBody(MAPPER.createObjectNode(), "", new ArrayList<>());
        }
        try {
            if (!(MAPPER.readTree(body) instanceof ObjectNode object)) {
                throw RefusedException.invalid("The body must be one JSON object.");
            }
            var parsed = new JsonBody(object, "", new ArrayList<>());
            parsed.checkNames(known, readOnly);
            return parsed;
        } catch (JacksonException e) {
            throw RefusedException.invalid("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    /// The text form of a uuid, empty where it is not one.
    public static Optional<UUID> uuid(String text) {
        return UUID_TEXT.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /// Whether the field is there, be it null.
    public boolean has(String field) {
        return object.has(field);
    }

    /// Whether the field is there and null.
    public boolean isNull(String field) {
        return object.path(field).isNull();
    }

    /// The text, or null where the field is absent, null or not text (then it is refused).
    public @Nullable String text(String field) {
        return switch (value(field)) {
            case null -> null;
            case JsonNode node when node.isString() -> node.stringValue();
            case JsonNode _ -> {
                refuse(field, "must be a text");
                yield null;
            }
        };
    }

    /// The flag, or null where the field is absent, null or neither true nor false (then it is
    /// refused).
    public @Nullable Boolean flag(String field) {
        return switch (value(field)) {
            case null -> null;
            case JsonNode node when node.isBoolean() -> node.booleanValue();
            case JsonNode _ -> {
                refuse(field, "must be true or false");
                yield null;
            }
        };
    }

    /// The number, or null where the field is absent, null or not a whole number (then it is
    /// refused).
    public @Nullable Integer number(String field) {
        return switch (value(field)) {
            case null -> null;
            case JsonNode node when node.isIntegralNumber() && node.canConvertToInt() ->
                    node.intValue();
            case JsonNode _ -> {
                refuse(field, "must be a whole number");
                yield null;
            }
        };
    }

    /// The uuids of a list, empty where the field is absent or null; what is none is refused.
    public List<UUID> uuids(String field) {
        List<UUID> uuids = new ArrayList<>();
        var nodes = list(field);
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            var uuid = node.isString() ? uuid(node.stringValue()) : Optional.<UUID>empty();
            if (uuid.isPresent()) {
                uuids.add(uuid.get());
            } else {
                refuse(field + "[" + i + "]", "must be a uuid");
            }
        }
        return uuids;
    }

    /// The object, or null where the field is absent, null or no object (then it is refused).
    public @Nullable JsonBody object(String field, Set<String> known, Set<String> readOnly) {
        return switch (value(field)) {
            case null -> null;
            case ObjectNode node -> {
                var child = new JsonBody(node, path + field + ".", errors);
                child.checkNames(known, readOnly);
                yield child;
            }
            case JsonNode _ -> {
                refuse(field, "must be an object");
                yield null;
            }
        };
    }

    /// The objects of a list, empty where the field is absent or null; what is none is refused.
    public List<JsonBody> objects(String field, Set<String> known) {
        List<JsonBody> objects = new ArrayList<>();
        var nodes = list(field);
        for (int i = 0; i < nodes.size(); i++) {
            var name = field + "[" + i + "]";
            if (nodes.get(i) instanceof ObjectNode node) {
                var child = new JsonBody(node, path + name + ".", errors);
                child.checkNames(known, Set.of());
                objects.add(child);
            } else {
                refuse(name, "must be an object");
            }
        }
        return objects;
    }

    /// Of more faults than anybody reads the first ones count, so that an answer is never much
    /// larger than its request.
    public void refuse(String field, String message) {
        if (errors.size() < MOST_ERRORS) {
            var name = path + field;
            errors.add(
                    new FieldError(
                            name.length() <= LONGEST_NAME
                                    ? name
                                    : name.substring(0, LONGEST_NAME) + "…",
                            message));
        }
    }

    /// Ends the reading.
    ///
    /// @throws RefusedException where anything was refused
    public void orRefuse() {
        if (!errors.isEmpty()) {
            throw RefusedException.invalid(errors);
        }
    }

    private @Nullable JsonNode value(String field) {
        var node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private List<JsonNode> list(String field) {
        return switch (value(field)) {
            case null -> List.of();
            case JsonNode node when node.isArray() -> List.copyOf(node.values());
            case JsonNode _ -> {
                refuse(field, "must be a list");
                yield List.of();
            }
        };
    }

    private void checkNames(Set<String> known, Set<String> readOnly) {
        for (var name : object.propertyNames()) {
            if (readOnly.contains(name)) {
                refuse(name, "is read-only");
            } else if (!known.contains(name)) {
                refuse(name, "is not a field here; " + nearest(name, known));
            }
        }
    }

    private static String nearest(String name, Collection<String> known) {
        return known.stream()
                .min(
                        Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                                .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "the nearest one is " + candidate)
                .orElse("there is none");
    }

    /// Levenshtein's distance, of the first 100 characters.
    private static int distance(String a, String b) {
        int length = Math.min(a.length(), 100);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
