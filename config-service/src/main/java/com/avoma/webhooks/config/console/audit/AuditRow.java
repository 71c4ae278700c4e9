package com.avoma.webhooks.config.console.audit;

import com.avoma.webhooks.config.audit.AuditRecord;
import com.avoma.webhooks.config.audit.AuditRepository.Numbered;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An entry of the audit log in words.
///
/// @param what like `Webhook updated`
record AuditRow(
        long id,
        Instant at,
        String actor,
        String address,
        String what,
        String resource,
        List<Change> changes) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /// @param from `none`: it was not there
    record Change(String field, String from, String to) {}

    static AuditRow of(Numbered numbered) {
        AuditRecord entry = numbered.entry();
        return new AuditRow(
                numbered.id(),
                entry.at(),
                actor(entry.actor()),
                entry.address() == null ? "" : entry.address(),
                words(entry.action()),
                entry.resource(),
                MAPPER.readTree(entry.changes()).properties().stream()
                        .map(change ->
                                new Change(
                                        change.getKey().replace('_', ' '),
                                        text(change.getValue().path("from")),
                                        text(change.getValue().path("to"))))
                        .toList());
    }

    private static String actor(String actor) {
        int colon = actor.indexOf(':');
        var kind = colon < 0 ? actor : actor.substring(0, colon);
        var name = actor.substring(colon + 1);
        return switch (kind) {
            case "user" -> name;
            case "key" -> "API key " + name;
            case "directory" -> "The product's directory";
            case "system" -> "Avoma, because the receiver failed";
            default -> actor;
        };
    }

    private static String words(String action) {
        var words = action.replace('_', ' ').replace('.', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "none";
        }
        return value.isString() ? value.asString() : value.toString();
    }
}
