package com.avoma.webhooks.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.avoma.webhooks.common.event.TriggerEvent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A meeting event as a product service publishes it. By default the sample payload of its type, by
/// nobody in particular, in binary mode.
final class MeetingEventBuilder {
    private final TriggerEvent type;
    private final String id = UUID.randomUUID().toString();
    private String user = UUID.randomUUID().toString();
    private String body;
    private boolean structured;
    private String traceParent;

    private MeetingEventBuilder(TriggerEvent type) {
        this.type = type;
        this.body = type.sample().text();
    }

    static MeetingEventBuilder event(TriggerEvent type) {
        return new MeetingEventBuilder(type);
    }

    static MeetingEventBuilder aiNotes() {
        return event(TriggerEvent.AINOTE);
    }

    /// The attributed user.
    MeetingEventBuilder by(UUID user) {
        this.user = user.toString();
        return this;
    }

    /// Another body, as the producer happens to write it.
    MeetingEventBuilder saying(String body) {
        this.body = body;
        return this;
    }

    /// In structured mode.
    MeetingEventBuilder structured() {
        structured = true;
        return this;
    }

    /// In the course of the producer's span of this `traceparent`.
    MeetingEventBuilder tracedBy(String traceParent) {
        this.traceParent = traceParent;
        return this;
    }

    String id() {
        return id;
    }

    /// The record to publish.
    ProducerRecord<byte[], byte[]> of(UUID organization) {
        var attributes =
                Map.of(
                        "specversion",
                        "1.0",
                        "id",
                        id,
                        "source",
                        "/system-tests",
                        "type",
                        type.name(),
                        "time",
                        Instant.now().toString(),
                        "organizationid",
                        organization.toString(),
                        "userid",
                        user);
        return structured ? structured(attributes) : binary(attributes);
    }

    private ProducerRecord<byte[], byte[]> binary(Map<String, String> attributes) {
        var record = record(body);
        record.headers().add("content-type", "application/json".getBytes(UTF_8));
        attributes.forEach(
                (name, value) -> record.headers().add("ce_" + name, value.getBytes(UTF_8)));
        return record;
    }

    private ProducerRecord<byte[], byte[]> structured(Map<String, String> attributes) {
        var json = new StringBuilder("{");
        attributes.forEach((name, value) -> json.append("\"%s\": \"%s\", ".formatted(name, value)));
        var record = record(json.append("\"data\": ").append(body).append("}").toString());
        record.headers()
                .add("content-type", "application/cloudevents+json; charset=UTF-8".getBytes(UTF_8));
        return record;
    }

    private ProducerRecord<byte[], byte[]> record(String value) {
        var record =
                new ProducerRecord<>("meeting-events", id.getBytes(UTF_8), value.getBytes(UTF_8));
        if (traceParent != null) {
            record.headers().add("traceparent", traceParent.getBytes(UTF_8));
        }
        return record;
    }
}
