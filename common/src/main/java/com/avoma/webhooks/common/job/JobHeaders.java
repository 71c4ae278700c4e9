package com.avoma.webhooks.common.job;

import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.time.PlainTime;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The headers of a record, gone through once; of two with a name the last one holds.
final class JobHeaders {
    private final Map<String, byte @Nullable []> values = new HashMap<>(32);

    void take(String name, byte @Nullable [] value) {
        values.put(name, value);
    }

    /// Whether there is a value.
    boolean has(String name) {
        return values.get(name) != null;
    }

    /// @throws MalformedRecordException where there is none
    String text(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new MalformedRecordException("job: no header " + name);
        }
        return new String(value, StandardCharsets.UTF_8);
    }

    /// A time; null where there is none.
    ///
    /// @throws MalformedRecordException where it is not one
    @Nullable Instant time(String name) {
        return has(name) ? parsed(name, "an RFC 3339 time", PlainTime::read) : null;
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
