package com.avoma.webhooks.common.job;

import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.time.PlainTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The headers of a job, and what is wrong with them.
final class JobHeaders {
    private final HeaderTable values;

    JobHeaders(HeaderTable values) {
        this.values = values;
    }

    /// The text; null where there is no value.
    @Nullable String textOrNull(String name) {
        return values.get(name);
    }

    /// @throws MalformedRecordException where there is none
    String text(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new MalformedRecordException("job: no header " + name);
        }
        return value;
    }

    /// A time; null where there is none.
    ///
    /// @throws MalformedRecordException where it is not one
    @Nullable Instant time(String name) {
        return values.get(name) == null ? null : parsed(name, "an RFC 3339 time", PlainTime::read);
    }

    /// @param expected what it should be
    /// @throws MalformedRecordException where there is none, or it is not that
    <T> T parsed(String name, String expected, Function<String, T> parse) {
        try {
            return parse.apply(text(name));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedRecordException(
                    "job: malformed header %s (expected: %s)".formatted(name, expected), e);
        }
    }
}
