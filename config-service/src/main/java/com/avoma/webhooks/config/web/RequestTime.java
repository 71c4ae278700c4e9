package com.avoma.webhooks.config.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A time in a request's query, as PostgreSQL can compare it.
public final class RequestTime {
    /// What is said of one that is none.
    public static final String RULE = "must be an RFC 3339 time, like 2026-03-01T12:00:00Z";

    private RequestTime() {}

    /// The time; null where it is none, or of no year of four digits.
    public static @Nullable Instant of(String text) {
        try {
            // a plus in a query that was not encoded is a blank
            var time = OffsetDateTime.parse(text.replace(' ', '+'));
            return time.getYear() >= 1 && time.getYear() <= 9999
                    ? time.toInstant().truncatedTo(ChronoUnit.MICROS)
                    : null;
        } catch (DateTimeException _) {
            return null;
        }
    }
}
