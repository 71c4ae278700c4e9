package com.avoma.webhooks.config.replay;

import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.json.JsonMembers;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.json.JsonNormalizer.Normalized;
import com.avoma.webhooks.common.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a record of `meeting-events` as dispatcher-service does (`EventReader`), with less to say:
/// what that service dead-lettered is nothing here.
public final class EventRecord {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final int LONGEST_ATTRIBUTE = 1024;
    private static final int LARGEST_BODY = 256 * 1024;
    private static final int LONGEST_TRACE_PARENT = 128;
    private static final int LONGEST_TRACE_STATE = 4096;

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /// RFC 3339; what is beyond nanoseconds is cut off.
    private static final Pattern TIME_FORM =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})(?:(\\.\\d{1,9})\\d*)?(Z|[+-]\\d{2}:\\d{2})");

    private EventRecord() {}

    /// Looks a header or an attribute up by its name: its text, null where it is absent.
    @FunctionalInterface
    public interface Attributes {
        @Nullable String get(String name);
    }

    /// @param json the bytes that the body is in, normalised or not
    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
    private record Envelope(Attributes attributes, byte[] json, int offset, int length) {}

    /// The event, its body normalised; null where the record was not routed, or is of no interest.
    ///
    /// @param headers of the record, by name
    /// @param isOf whose events are of interest; a binary record of another organization is passed
    ///   over without a look at its body
    public static @Nullable MeetingEvent read(
            Attributes headers, byte @Nullable [] value, Predicate<UUID> isOf) {
        try {
            var envelope = value == null ? null : open(headers, value);
            if (envelope == null) {
                return null;
            }
            var attributes = envelope.attributes();
            var organization = uuid(attributes.get("organizationid"));
            if (organization == null
                    || !isOf.test(organization)
                    || !"1.0".equals(attributes.get("specversion"))) {
                return null;
            }
            return event(organization, headers, envelope);
        } catch (MalformedJsonException | IllegalArgumentException | DateTimeException _) {
            return null;
        }
    }

    private static @Nullable MeetingEvent event(
            UUID organization, Attributes headers, Envelope envelope) {
        var attributes = envelope.attributes();
        var id = required(attributes, "id");
        var source = required(attributes, "source");
        var user = required(attributes, "userid");
        var time = required(attributes, "time");
        var type = required(attributes, "type");
        if (id == null || source == null || user == null || time == null || type == null) {
            return null;
        }
        var trigger = TriggerEvent.of(type).orElse(null);
        var at = time(time);
        if (trigger == null || at == null || envelope.length() > LARGEST_BODY) {
            return null;
        }
        var body =
                JsonNormalizer.normalizeObject(
                        envelope.json(), envelope.offset(), envelope.length());
        return body.body().size() <= LARGEST_BODY
                        && type.equals(JsonMembers.of(body).text("event_type"))
                ? new MeetingEvent(
                        id,
                        source,
                        trigger,
                        at,
                        organization,
                        user,
                        trace(headers, attributes),
                        body.body())
                : null;
    }

    private static @Nullable Envelope open(Attributes headers, byte[] value) {
        var contentType = mediaType(headers.get("content-type"));
        if (!contentType.startsWith("application/cloudevents")) {
            return new Envelope(name -> headers.get("ce_" + name), value, 0, value.length);
        }
        if (!contentType.equals(STRUCTURED)) {
            return null;
        }
        Normalized event = JsonNormalizer.normalizeObject(value);
        var members = JsonMembers.of(event);
        var data = members.span("data");
        if (data != null) {
            return new Envelope(members::text, members.bytes(), data.offset(), data.length());
        }
        var base64 = members.text("data_base64");
        if (base64 == null) {
            return null;
        }
        var decoded = Base64.getDecoder().decode(base64);
        return new Envelope(members::text, decoded, 0, decoded.length);
    }

    private static @Nullable Instant time(String text) {
        var parts = TIME_FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            return null;
        }
        var fraction = parts.group(2) == null ? "" : parts.group(2);
        return OffsetDateTime.parse(parts.group(1) + fraction + parts.group(3)).toInstant();
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null || !UUID_FORM.matcher(text).matches() ? null : UUID.fromString(text);
    }

    private static @Nullable String required(Attributes attributes, String name) {
        var text = attributes.get(name);
        return text == null || text.isBlank() || text.length() > LONGEST_ATTRIBUTE ? null : text;
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null
                ? ""
                : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable TraceContext trace(Attributes headers, Attributes attributes) {
        var source = attributes.get("traceparent") == null ? headers : attributes;
        var parent = source.get("traceparent");
        if (parent == null || parent.length() > LONGEST_TRACE_PARENT) {
            return null;
        }
        var state = source.get("tracestate");
        return new TraceContext(
                parent, state == null || state.length() > LONGEST_TRACE_STATE ? null : state);
    }
}
