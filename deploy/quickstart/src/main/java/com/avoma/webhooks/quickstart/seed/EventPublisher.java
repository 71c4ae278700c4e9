package com.avoma.webhooks.quickstart.seed;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Publishes sample events as CloudEvents 1.0, the way the product's services do (CloudEvents Kafka
/// protocol binding): AI notes in structured mode, the others in binary mode.
public final class EventPublisher {
    /// The `source` of the events.
    public static final String SOURCE = "/quickstart";

    private final KafkaPublisher kafka;
    private final Topics topics;
    private final Clock clock;

    public EventPublisher(KafkaPublisher kafka, Topics topics, Clock clock) {
        this.kafka = kafka;
        this.topics = topics;
        this.clock = clock;
    }

    /// An event on its way.
    ///
    /// @param id its `id`, new for every event
    /// @param time its `time`
    public record Event(TriggerEvent type, String id, Instant time) {}

    public Event next(TriggerEvent type) {
        var time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Event(type, UUID.randomUUID().toString(), time);
    }

    /// Publishes the sample of the event's type.
    ///
    /// @param organization whose event it is
    /// @param user the attributed user
    public void publish(Event event, UUID organization, UUID user) throws InterruptedException {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", event.id());
        attributes.put("source", SOURCE);
        attributes.put("type", event.type().name());
        attributes.put("time", event.time().toString());
        attributes.put("organizationid", organization.toString());
        attributes.put("userid", user.toString());
        byte[] data = event.type().sample().bytes();
        switch (event.type()) {
            case AINOTE -> publishStructured(data, attributes);
            case MEETING_BOOKED_VIA_SCHEDULER,
                    MEETING_BOOKED_VIA_SCHEDULER_CANCELED,
                    MEETING_BOOKED_VIA_SCHEDULER_RESCHEDULED ->
                    publishBinary(data, attributes);
        }
    }

    /// The attributes in headers, the value is the webhook's body.
    private void publishBinary(byte[] data, Map<String, String> attributes)
            throws InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        attributes.forEach((name, value) -> headers.put("ce_" + name, value));
        headers.put("content-type", "application/json");
        kafka.publish(topics.meetingEvents(), meeting(data), data, headers);
    }

    /// The attributes and the webhook's body together in one JSON object.
    private void publishStructured(byte[] data, Map<String, String> attributes)
            throws InterruptedException {
        attributes.put("datacontenttype", "application/json");
        byte[] start = Json.write(attributes);
        var value = new ByteArrayOutputStream();
        value.write(start, 0, start.length - 1);
        value.writeBytes(",\"data\":".getBytes(StandardCharsets.UTF_8));
        value.writeBytes(data);
        value.write('}');
        kafka.publish(
                topics.meetingEvents(),
                meeting(data),
                value.toByteArray(),
                Map.of("content-type", "application/cloudevents+json"));
    }

    private record Meeting(@Nullable String meetingUuid, String uuid) {}

    /// The topic's key, so that the events of one meeting keep their order.
    private static String meeting(byte[] data) {
        var meeting = Json.read(data, Meeting.class);
        return meeting.meetingUuid() == null ? meeting.uuid() : meeting.meetingUuid();
    }
}
