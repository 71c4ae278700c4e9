package com.avoma.webhooks.dispatcher.event;

import static com.avoma.webhooks.dispatcher.event.Intake.Reason.INVALID_ATTRIBUTE;
import static com.avoma.webhooks.dispatcher.event.Intake.Reason.MISSING_ATTRIBUTE;

import com.avoma.webhooks.common.time.PlainTime;
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

    private static final int UUID_LENGTH = 36;

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
        if (!isUuid(value)) {
            throw new RejectedException(
                    INVALID_ATTRIBUTE, name + ": " + Shown.text(value) + " (expected: a uuid)");
        }
        return UUID.fromString(value);
    }

    private static boolean isUuid(String value) {
        if (value.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = value.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    Instant time(String name) throws RejectedException {
        var value = text(name);
        var plain = PlainTime.parse(value);
        if (plain != null) {
            return plain;
        }
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
