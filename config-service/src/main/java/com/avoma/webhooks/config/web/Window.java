package com.avoma.webhooks.config.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which part of a list a request asks for.
///
/// @param limit items at most, 1 to 200
/// @param forward whether the part lies after the key, or before it
/// @param key the sort key it borders on, itself not included; null: the list's beginning
public record Window(int limit, boolean forward, @Nullable String key) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 200;
    private static final Set<String> KNOWN = Set.of("limit", "cursor");

    /// Reads `limit` and `cursor`.
    ///
    /// @throws RefusedException where they are not what an answer gave, or another parameter is
    ///   there
    public static Window of(Map<String, List<String>> query) {
        return of(query, Set.of());
    }

    /// The same where a list has parameters of its own, which others read.
    ///
    /// @throws RefusedException where they are not what an answer gave, or another parameter is
    ///   there
    public static Window of(Map<String, List<String>> query, Set<String> filters) {
        List<FieldError> errors = new ArrayList<>();
        for (var name : query.keySet()) {
            if (!KNOWN.contains(name) && !filters.contains(name)) {
                errors.add(new FieldError(name, "is not a parameter here; " + known(filters)));
            }
        }
        int limit = DEFAULT_LIMIT;
        var limits = query.get("limit");
        if (limits != null) {
            limit = limit(limits.getFirst());
            if (limit == 0) {
                errors.add(new FieldError("limit", "must be a number from 1 to " + MOST));
            }
        }
        var window = new Window(limit, true, null);
        var cursors = query.get("cursor");
        if (cursors != null) {
            var at = decode(limit, cursors.getFirst());
            if (at == null) {
                errors.add(new FieldError("cursor", "must be one that a list gave"));
            } else {
                window = at;
            }
        }
        if (!errors.isEmpty()) {
            throw RefusedException.invalid(errors);
        }
        return window;
    }

    /// The refusal of a cursor that no list has given.
    public static RefusedException notGiven() {
        return RefusedException.invalid("cursor", "must be one that a list gave");
    }

    /// The part after a key.
    Window after(String last) {
        return new Window(limit, true, last);
    }

    /// The part before a key.
    Window before(String first) {
        return new Window(limit, false, first);
    }

    /// The query that asks for this part, `?` included.
    String query() {
        var text = (forward ? "a" : "b") + (key == null ? "" : key);
        var cursor =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "?limit=" + limit + "&cursor=" + cursor;
    }

    private static String known(Set<String> filters) {
        var names = new TreeSet<>(filters);
        return filters.isEmpty()
                ? "limit and cursor are"
                : "limit, cursor, " + String.join(", ", names) + " are";
    }

    private static int limit(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,3}")) {
            return 0;
        }
        int limit = Integer.parseInt(text);
        return limit <= MOST ? limit : 0;
    }

    private static @Nullable Window decode(int limit, @Nullable String cursor) {
        try {
            var text =
                    new String(
                            Base64.getUrlDecoder().decode(cursor == null ? "" : cursor),
                            StandardCharsets.UTF_8);
            if (text.length() < 2) {
                return null;
            }
            return switch (text.charAt(0)) {
                case 'a' -> new Window(limit, true, text.substring(1));
                case 'b' -> new Window(limit, false, text.substring(1));
                default -> null;
            };
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
