package com.avoma.webhooks.config.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that somebody did.
///
/// @param action like `webhook.updated`
/// @param resource its path below `/v1/`, like `webhooks/` and the uuid
/// @param changes by field; without secrets
public record AuditEntry(String action, String resource, Map<String, Change> changes) {
    /// In the place of what is not to be read in a log.
    public static final String MASK = "***";

    /// @param from null: it was not there
    /// @param to null: it is there no more
    public record Change(@Nullable Object from, @Nullable Object to) {}

    /// Without changes.
    public static AuditEntry of(String action, String resource) {
        return new AuditEntry(action, resource, Map.of());
    }

    /// The fields that differ. A field that is null or absent on both sides does not.
    public static Map<String, Change> changes(Map<String, ?> before, Map<String, ?> after) {
        Map<String, Change> changes = new LinkedHashMap<>();
        var fields = new LinkedHashMap<String, @Nullable Object>(before);
        fields.putAll(after);
        for (var field : fields.keySet()) {
            var from = before.get(field);
            var to = after.get(field);
            if (from == null ? to != null : !from.equals(to)) {
                changes.put(field, new Change(from, to));
            }
        }
        return changes;
    }
}
