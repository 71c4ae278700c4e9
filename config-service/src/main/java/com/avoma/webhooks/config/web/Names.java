package com.avoma.webhooks.config.web;

import org.jspecify.annotations.Nullable;

/// Names that people give to things.
public final class Names {
    private Names() {}

    /// A name out of a request, stripped; null where it is absent or null. What is no name is
    /// refused in the body.
    ///
    /// @param most characters
    public static @Nullable String read(JsonBody body, String field, int most) {
        var text = body.text(field);
        if (text == null) {
            return null;
        }
        var name = text.strip();
        if (name.isEmpty()) {
            body.refuse(field, "must not be blank");
        } else if (name.codePointCount(0, name.length()) > most) {
            body.refuse(field, "must be at most " + most + " characters");
        } else if (!name.codePoints().allMatch(Names::readable)) {
            body.refuse(field, "must not have control characters");
        }
        return name;
    }

    private static boolean readable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
