package com.avoma.webhooks.common.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads the form that nearly every producer sends, `2026-11-01T10:00:00Z` with up to nine digits
/// of a fraction, without a formatter.
public final class PlainTime {
    private static final String FORM = "0000-00-00T00:00:00";
    private static final int LONGEST_FRACTION = 9;

    private PlainTime() {}

    /// Reads a time of that form or of another, as [Instant#parse].
    ///
    /// @throws DateTimeException where it is no time
    public static Instant read(String text) {
        var plain = parse(text);
        return plain == null ? Instant.parse(text) : plain;
    }

    /// Reads a time of that form.
    ///
    /// @return null where it is another form, or no time: somebody else has to look
    public static @Nullable Instant parse(String text) {
        int seconds = FORM.length();
        int last = text.length() - 1;
        if (last < seconds || text.charAt(last) != 'Z' || !isOfForm(text)) {
            return null;
        }
        int nanos = last == seconds ? 0 : fraction(text, seconds, last);
        if (nanos < 0) {
            return null;
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            nanos)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isOfForm(String text) {
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            if (form == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != form) {
                return false;
            }
        }
        return true;
    }

    /// The nanoseconds from the point on, -1 where it is no fraction.
    private static int fraction(String text, int point, int end) {
        int digits = end - point - 1;
        if (text.charAt(point) != '.' || digits < 1 || digits > LONGEST_FRACTION) {
            return -1;
        }
        int nanos = 0;
        for (int i = 1; i <= LONGEST_FRACTION; i++) {
            char c = i <= digits ? text.charAt(point + i) : '0';
            if (!isDigit(c)) {
                return -1;
            }
            nanos = nanos * 10 + (c - '0');
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
