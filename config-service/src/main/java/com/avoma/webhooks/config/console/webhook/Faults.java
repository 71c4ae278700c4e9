package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why a form was refused, in the places where it is shown.
///
/// @param fields by the API's names
/// @param other what is of no field that the form has; null: nothing
/// @param saved what somebody else saved meanwhile, by the same names
record Faults(Map<String, String> fields, @Nullable String other, Map<String, String> saved) {
    private static final int STALE = 412;
    private static final int SENT_BEFORE = 409;

    static final Faults NONE = new Faults(Map.of(), null, Map.of());

    static Faults of(RefusedException refused) {
        if (refused.status() == SENT_BEFORE) {
            return new Faults(
                    Map.of(),
                    "This form was sent before, and its webhook is added as it was then. Close this"
                            + " dialog to see it.",
                    Map.of());
        }
        return refused.errors().isEmpty()
                ? new Faults(Map.of(), refused.detail(), Map.of())
                : of(refused.errors());
    }

    /// Whether the webhook is not the one any more that the form was filled from.
    static boolean stale(RefusedException refused) {
        return refused.status() == STALE;
    }

    /// @param saved what is not as the form has it
    static Faults stale(Map<String, String> saved) {
        return new Faults(
                Map.of(),
                saved.isEmpty()
                        ? "This webhook was changed while this dialog was open, but in nothing that"
                                + " stands here. Nothing of yours is saved yet."
                        : "Somebody else changed this webhook while this dialog was open. What they"
                                + " saved stands beside yours, and nothing of yours is saved yet:"
                                + " “Save and apply” puts yours in its place.",
                saved);
    }

    static Faults of(List<FieldError> errors) {
        Map<String, String> fields = new LinkedHashMap<>();
        errors.forEach(error ->
                fields.merge(error.field(), sentence(error.message()), (a, b) -> a + " " + b));
        return new Faults(fields, null, Map.of());
    }

    /// What is wrong with a field; null: nothing.
    public @Nullable String at(String field) {
        return fields.get(field);
    }

    /// What somebody else saved there; null: what the form has.
    public @Nullable String saved(String field) {
        return saved.get(field);
    }

    /// Whether somebody else saved anything.
    public boolean isStale() {
        return !saved.isEmpty();
    }

    /// The ids of what describes a field, in the order in which it is to be read.
    ///
    /// @param id of the field, whose descriptions' ids begin with it
    public String described(String field, String id) {
        return (fields.containsKey(field) ? id + "-fault " : "")
                + (saved.containsKey(field) ? id + "-saved " : "");
    }

    /// What is wrong with a row of the headers; null: nothing.
    public @Nullable String ofHeader(int index) {
        var row = "headers[" + index + "]";
        var faults =
                fields.entrySet().stream()
                        .filter(fault -> fault.getKey().startsWith(row))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining(" "));
        return faults.isEmpty() ? null : faults;
    }

    private static String sentence(String message) {
        var text = Character.toUpperCase(message.charAt(0)) + message.substring(1);
        for (var event : TriggerEvent.values()) {
            text = text.replace(event.name(), "“" + event.label() + "”");
        }
        return text.endsWith(".") ? text : text + ".";
    }
}
