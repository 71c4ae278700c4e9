package com.avoma.webhooks.dispatcher.event;

import static com.avoma.webhooks.dispatcher.event.Intake.Reason.INVALID_ATTRIBUTE;
import static com.avoma.webhooks.dispatcher.event.Intake.Reason.MISSING_ATTRIBUTE;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/// Reads the required attributes of a CloudEvent.
final class AttributeReader {
    /// Long enough for any identifier; a bound, because they travel in headers of every job.
    private static final int LONGEST = 1024;

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /// RFC 3339, section 5.6; what is beyond nanoseconds is cut off.
    private static final Pattern TIME_FORM =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})(?:(\\.\\d{1,9})\\d*)?(Z|[+-]\\d{2}:\\d{2})");

    private final Attributes attributes;

    AttributeReader(Attributes attributes) {
        this.attributes = attributes;
    }

    String text(String name) throws RejectedException {
        var value = attributes.get(name);
        if (value == null || value.isBlank()) {
            throw new RejectedException(
                    MISSING_ATTRIBUTE,
                    "no attribute "
                            + name
                            + " (expected: id, source, type, time, organizationid and userid)");
        }
        if (value.length() > LONGEST) {
            throw new RejectedException(
                    INVALID_ATTRIBUTE,
                    "%s: %d characters (expected: at most %d)"
                            .formatted(name, value.length(), LONGEST));
        }
        return value;
    }

    UUID uuid(String name) throws RejectedException {
        var value = text(name);
        if (!UUID_FORM.matcher(value).matches()) {
            throw new RejectedException(
                    INVALID_ATTRIBUTE, name + ": " + Shown.text(value) + " (expected: a uuid)");
        }
        return UUID.fromString(value);
    }

    Instant time(String name) throws RejectedException {
        var value = text(name);
        var parts = TIME_FORM.matcher(value.toUpperCase(Locale.ROOT));
        try {
            if (parts.matches()) {
                var fraction = parts.group(2) == null ? "" : parts.group(2);
                return OffsetDateTime.parse(
                                parts.group(1) + fraction + parts.group(3),
                                DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toInstant();
            }
        } catch (DateTimeException e) {
            throw notATime(name, value);
        }
        throw notATime(name, value);
    }

    private static RejectedException notATime(String name, String value) {
        return new RejectedException(
                INVALID_ATTRIBUTE,
                name
                        + ": "
                        + Shown.text(value)
                        + " (expected: an RFC 3339 time such as 2019-08-24T14:15:22Z)");
    }
}
