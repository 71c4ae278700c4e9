package com.avoma.webhooks.dispatcher.event;

import static com.avoma.webhooks.dispatcher.event.Intake.Reason.INVALID_BODY;
import static com.avoma.webhooks.dispatcher.event.Intake.Reason.SCHEMA_VIOLATION;
import static com.avoma.webhooks.dispatcher.event.Intake.Reason.TOO_LARGE;
import static com.avoma.webhooks.dispatcher.event.Intake.Reason.TYPE_MISMATCH;
import static com.avoma.webhooks.dispatcher.event.Intake.Reason.UNKNOWN_TYPE;

import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.json.JsonMembers;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.json.JsonNormalizer.Normalized;
import com.avoma.webhooks.common.json.MalformedJsonException;
import com.avoma.webhooks.common.json.Payload;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a record of `meeting-events`: opens the CloudEvent, checks its attributes and normalises
/// its body, once and for all attempts.
public final class EventReader {
    private static final String TYPES =
            Arrays.stream(TriggerEvent.values()).map(Enum::name).collect(Collectors.joining(", "));

    /// The W3C's form has 55 characters; later versions may add some.
    private static final int LONGEST_TRACE_PARENT = 128;

    /// The W3C asks for 512 at least.
    private static final int LONGEST_TRACE_STATE = 4096;

    private final EnvelopeReader envelopes = new EnvelopeReader();
    private final int largestBody;
    private final SchemaCheck schemas;

    /// @param largestBody bytes that a body may have, as it came and normalised
    public EventReader(int largestBody, SchemaCheck schemas) {
        this.largestBody = largestBody;
        this.schemas = schemas;
    }

    /// Says what the record is; never fails.
    ///
    /// @param headers of the record, by name
    /// @param value of the record, null for a tombstone
    public Intake read(Attributes headers, byte @Nullable [] value) {
        try {
            if (value == null) {
                throw new RejectedException(
                        INVALID_BODY,
                        "the record has no value (expected: an event; events are not deleted)");
            }
            return accept(headers, envelopes.open(headers, value));
        } catch (RejectedException e) {
            return e.rejection();
        }
    }

    private Intake accept(Attributes headers, Envelope envelope) throws RejectedException {
        var attributes = new AttributeReader(envelope.attributes());
        var id = attributes.text("id");
        var source = attributes.text("source");
        var type = type(attributes.text("type"));
        var time = attributes.time("time");
        var organization = attributes.uuid("organizationid");
        var user = attributes.text("userid");
        var body = body(envelope);
        checkType(type, body);
        var event =
                new MeetingEvent(
                        id,
                        source,
                        type,
                        time,
                        organization,
                        user,
                        trace(headers, envelope.attributes()),
                        body.body());
        return new Intake.Accepted(
                event,
                envelope.inexactNumbers() + body.inexactNumbers(),
                checkSchema(type, body.body()));
    }

    private SchemaCheck.Finding checkSchema(TriggerEvent type, Payload body)
            throws RejectedException {
        var finding = schemas.check(type, body);
        if (schemas.mode() == SchemaCheck.Mode.REJECT
                && finding instanceof SchemaCheck.Finding.Violation(var fault)) {
            throw new RejectedException(
                    SCHEMA_VIOLATION, "the body is not as its type's schema says: " + fault);
        }
        return finding;
    }

    private static TriggerEvent type(String type) throws RejectedException {
        var known = TriggerEvent.of(type);
        if (known.isEmpty()) {
            throw new RejectedException(
                    UNKNOWN_TYPE,
                    "type: " + Shown.text(type) + " (expected: one of " + TYPES + ")");
        }
        return known.get();
    }

    private Normalized body(Envelope envelope) throws RejectedException {
        checkSize(envelope.length(), "as it came");
        try {
            var normalized =
                    JsonNormalizer.normalizeObject(
                            envelope.json(), envelope.offset(), envelope.length());
            checkSize(normalized.body().size(), "normalised");
            return normalized;
        } catch (MalformedJsonException e) {
            throw new RejectedException(
                    INVALID_BODY, "the body is not one JSON object: " + e.getMessage());
        }
    }

    private void checkSize(int size, String which) throws RejectedException {
        if (size > largestBody) {
            throw new RejectedException(
                    TOO_LARGE,
                    "the body has %d bytes %s (expected: at most %d)"
                            .formatted(size, which, largestBody));
        }
    }

    private static void checkType(TriggerEvent type, Normalized body) throws RejectedException {
        var inBody = JsonMembers.of(body).text("event_type");
        if (!type.name().equals(inBody)) {
            throw new RejectedException(
                    TYPE_MISMATCH,
                    "event_type of the body: "
                            + (inBody == null ? "none" : Shown.text(inBody))
                            + " (expected: the event's type, "
                            + type.name()
                            + ")");
        }
    }

    /// The CloudEvents extension first, then the plain W3C header that a Kafka client's tracing
    /// adds. One that is longer than it may be is left out: it travels with every job.
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
