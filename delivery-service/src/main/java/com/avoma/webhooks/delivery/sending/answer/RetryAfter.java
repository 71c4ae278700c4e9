package com.avoma.webhooks.delivery.sending.answer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// The `Retry-After` header, RFC 9110, 10.2.3.
public final class RetryAfter {
    /// More digits than this are more than any wait that is honoured.
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /// The wait from now, never negative; null where the value is neither seconds nor a date.
    public static @Nullable Duration parse(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        var text = value.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > MOST_DIGITS
                    ? Duration.ofSeconds(Integer.MAX_VALUE)
                    : Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            var at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        } catch (DateTimeException _) {
            return null;
        }
    }
}
