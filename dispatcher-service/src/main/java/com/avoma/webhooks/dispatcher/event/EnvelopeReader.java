package com.avoma.webhooks.dispatcher.event;

import static com.avoma.webhooks.dispatcher.event.Intake.Reason.INVALID_BODY;
import static com.avoma.webhooks.dispatcher.event.Intake.Reason.NOT_A_CLOUDEVENT;

import com.avoma.webhooks.common.json.JsonMembers;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.json.JsonNormalizer.Normalized;
import com.avoma.webhooks.common.json.MalformedJsonException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Opens CloudEvents 1.0 of both modes of the Kafka protocol binding: binary, with the attributes
/// in `ce_` headers and the data as the value, and structured, with all of it in one JSON object.
final class EnvelopeReader {
    private static final String STRUCTURED = "application/cloudevents";
    private static final String PREFIX = "ce_";

    /// What nearly every event in binary mode says of its data, and nothing depends on.
    private static final String PLAIN_JSON = "application/json";

    /// The headers of the attributes that every event is asked for.
    private static final Map<String, String> HEADERS =
            Stream.of(
                            "specversion",
                            "id",
                            "source",
                            "type",
                            "time",
                            "organizationid",
                            "userid",
                            "traceparent",
                            "tracestate")
                    .collect(Collectors.toUnmodifiableMap(name -> name, PREFIX::concat));

    private static final String STRUCTURED_JSON = "application/cloudevents+json";

    /// @param headers of the record, by name
    /// @param value of the record
    Envelope open(Attributes headers, byte[] value) throws RejectedException {
        var contentType = mediaType(headers);
        return contentType.startsWith(STRUCTURED)
                ? structured(contentType, value)
                : binary(headers, value);
    }

    private static Envelope binary(Attributes headers, byte[] value) throws RejectedException {
        Attributes attributes = name -> headers.get(header(name));
        checkVersion(attributes);
        return new Envelope(attributes, value);
    }

    private static String header(String attribute) {
        var header = HEADERS.get(attribute);
        return header == null ? PREFIX + attribute : header;
    }

    private static Envelope structured(String contentType, byte[] value) throws RejectedException {
        if (!contentType.equals(STRUCTURED_JSON)) {
            throw new RejectedException(
                    NOT_A_CLOUDEVENT,
                    "content-type: "
                            + Shown.text(contentType)
                            + " (expected: "
                            + STRUCTURED_JSON
                            + ")");
        }
        var event = normalized(value);
        var members = JsonMembers.of(event);
        checkVersion(members::text);
        var data = members.span("data");
        if (data != null) {
            return new Envelope(
                    members::text,
                    members.bytes(),
                    data.offset(),
                    data.length(),
                    event.inexactNumbers());
        }
        var base64 = members.text("data_base64");
        if (base64 == null) {
            throw new RejectedException(
                    INVALID_BODY,
                    "no data in the event (expected: the webhook's body as \"data\")");
        }
        return new Envelope(members::text, decode(base64));
    }

    private static void checkVersion(Attributes attributes) throws RejectedException {
        var version = attributes.get("specversion");
        if (version == null) {
            throw new RejectedException(
                    NOT_A_CLOUDEVENT,
                    "no specversion (expected: a CloudEvent, in binary mode with ce_specversion and"
                            + " the other attributes as headers, or in structured mode with the header"
                            + " content-type: application/cloudevents+json)");
        }
        if (!version.equals("1.0")) {
            throw new RejectedException(
                    NOT_A_CLOUDEVENT, "specversion: " + Shown.text(version) + " (expected: 1.0)");
        }
    }

    private static Normalized normalized(byte[] value) throws RejectedException {
        try {
            return JsonNormalizer.normalizeObject(value);
        } catch (MalformedJsonException e) {
            throw new RejectedException(
                    NOT_A_CLOUDEVENT, "the event is not one JSON object: " + e.getMessage());
        }
    }

    private static byte[] decode(String base64) throws RejectedException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(
                    INVALID_BODY, "data_base64 is not base64: " + e.getMessage());
        }
    }

    private static String mediaType(Attributes headers) {
        var contentType = headers.get("content-type");
        if (contentType == null || contentType.equals(PLAIN_JSON)) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        var type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
