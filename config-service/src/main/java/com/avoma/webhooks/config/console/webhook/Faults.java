package com.avoma.webhooks.config.console.webhook;

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
record Faults(Map<String, String> fields, @Nullable String other) {
    private static final int STALE = 412;

    static final Faults NONE = new Faults(Map.of(), null);

    static Faults of(RefusedException refused) {
        if (refused.status() == STALE) {
            return new Faults(
                    Map.of(),
                    "Somebody else changed this webhook meanwhile. Close this dialog and open it"
                            + " again to see how it is now.");
        }
        return refused.errors().isEmpty()
                ? new Faults(Map.of(), refused.detail())
                : of(refused.errors());
    }

    static Faults of(List<FieldError> errors) {
        Map<String, String> fields = new LinkedHashMap<>();
        errors.forEach(error ->
                fields.merge(error.field(), sentence(error.message()), (a, b) -> a + " " + b));
        return new Faults(fields, null);
    }

    /// What is wrong with a field; null: nothing.
    public @Nullable String at(String field) {
        return fields.get(field);
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
        return text.endsWith(".") ? text : text + ".";
    }
}
