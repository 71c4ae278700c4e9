package com.avoma.webhooks.config.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/// The place of things that are listed in the order in which they were made. Its text's characters
/// are in the same order.
///
/// @param created in microseconds, as PostgreSQL keeps it
public record ListKey(Instant created, UUID uuid) {
    /// Before everything.
    public static final ListKey FIRST = new ListKey(Instant.EPOCH, new UUID(0, 0));

    private static final Pattern TEXT = Pattern.compile("([0-9]{19}) (.{36})");

    /// The border that a window names; [#FIRST] where it names none.
    ///
    /// @throws RefusedException where no list has given it
    public static ListKey border(Window window) {
        var text = window.key();
        if (text == null) {
            return FIRST;
        }
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw Window.notGiven();
        }
        try {
            var created = Instant.EPOCH.plus(Long.parseLong(match.group(1)), ChronoUnit.MICROS);
            var uuid = JsonBody.uuid(match.group(2)).orElseThrow(Window::notGiven);
            return new ListKey(created, uuid);
        } catch (NumberFormatException _) {
            throw Window.notGiven();
        }
    }

    public String text() {
        return text(created, uuid);
    }

    /// Also of what is identified by something else than a uuid.
    public static String text(Instant created, Object identity) {
        var micros = ChronoUnit.MICROS.between(Instant.EPOCH, created);
        return String.format(Locale.ROOT, "%019d %s", micros, identity);
    }
}
