package com.avoma.webhooks.common.attempt;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.json.JsonText;
import com.avoma.webhooks.common.time.InstantText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An [AttemptRecord] as JSON, the same as [com.avoma.webhooks.common.json.Json] makes of it, in a
/// fraction of the time: every attempt pays for one.
public final class AttemptWriter {
    private static final int LENGTH = 1024;

    private final StringBuilder out = new StringBuilder(LENGTH);

    private AttemptWriter() {}

    /// UTF-8 JSON.
    public static byte[] write(AttemptRecord attempt) {
        var writer = new AttemptWriter();
        writer.delivery(attempt);
        writer.made(attempt);
        writer.follows(attempt);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void delivery(AttemptRecord attempt) {
        out.append("{\"message_id\":");
        JsonText.append(out, attempt.messageId());
        plain("organization_uuid", attempt.organizationUuid());
        plain("webhook_uuid", attempt.webhookUuid());
        text("event_id", attempt.eventId());
        text("event_source", attempt.eventSource());
        text("event_type", attempt.eventType());
        time("event_time", attempt.eventTime());
    }

    private void made(AttemptRecord attempt) {
        number("number", attempt.number());
        time("started_at", attempt.startedAt());
        plain("outcome", attempt.outcome() == null ? null : word(attempt.outcome()));
        number("status_code", attempt.statusCode());
        plain("failure", attempt.failure() == null ? null : word(attempt.failure()));
        text("detail", attempt.detail());
        number("duration_ms", attempt.durationMs());
        timings(attempt.timings());
        text("response_excerpt", attempt.responseExcerpt());
        text("target_url", attempt.targetUrl());
        name("manual").append(attempt.manual());
        name("test").append(attempt.test());
        time("certificate_expires_at", attempt.certificateExpiresAt());
    }

    private void follows(AttemptRecord attempt) {
        plain("verdict", word(attempt.verdict()));
        text("reason", attempt.reason());
        time("next_attempt_at", attempt.nextAttemptAt());
        position(attempt.job());
    }

    private void timings(@Nullable Timings timings) {
        name("timings");
        if (timings == null) {
            out.append("null");
            return;
        }
        out.append("{\"dns_ms\":").append(timings.dnsMs());
        number("connect_ms", timings.connectMs());
        number("tls_ms", timings.tlsMs());
        number("first_byte_ms", timings.firstByteMs());
        out.append('}');
    }

    private void position(Position position) {
        name("job").append("{\"topic\":");
        JsonText.append(out, position.topic());
        number("partition", position.partition());
        number("offset", position.offset());
        out.append("}}");
    }

    private StringBuilder name(String name) {
        return out.append(",\"").append(name).append("\":");
    }

    private void number(String name, @Nullable Number value) {
        name(name).append(value);
    }

    /// Any text, or null.
    private void text(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            out.append("null");
        } else {
            JsonText.append(out, value);
        }
    }

    private void time(String name, @Nullable Instant value) {
        plain(name, value == null ? null : InstantText.of(value));
    }

    /// What prints as text without anything to escape, or null.
    private void plain(String name, @Nullable Object value) {
        name(name);
        if (value == null) {
            out.append("null");
        } else {
            out.append('"').append(value).append('"');
        }
    }

    private static String word(AttemptRecord.Outcome outcome) {
        return switch (outcome) {
            case DELIVERED -> "delivered";
            case REFUSED -> "refused";
            case UNREACHABLE -> "unreachable";
        };
    }

    private static String word(AttemptRecord.Failure failure) {
        return switch (failure) {
            case DNS -> "dns";
            case BLOCKED_ADDRESS -> "blocked_address";
            case CONNECT -> "connect";
            case TLS -> "tls";
            case TIMEOUT -> "timeout";
            case RESET -> "reset";
            case PROTOCOL -> "protocol";
        };
    }

    private static String word(AttemptRecord.Verdict verdict) {
        return switch (verdict) {
            case DELIVERED -> "delivered";
            case RETRY -> "retry";
            case DEAD_LETTERED -> "dead_lettered";
            case CANCELED -> "canceled";
        };
    }
}
