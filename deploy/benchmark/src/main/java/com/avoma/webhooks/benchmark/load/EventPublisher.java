package com.avoma.webhooks.benchmark.load;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes meetings that were booked, as the product does (CloudEvents 1.0 in headers), for one
/// organization after the other. Nothing lingers, so that what is late is so behind this.
public final class EventPublisher implements AutoCloseable {
    public static final TriggerEvent TYPE = TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER;

    private final KafkaProducer<byte[], byte[]> kafka;
    private final String topic = new Topics("").meetingEvents();
    private final List<UUID> organizations;
    private final int length;
    private long number;

    /// @param length of a body, in bytes
    public EventPublisher(String brokers, List<UUID> organizations, int length) {
        this.kafka =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                brokers,
                                "linger.ms",
                                0,
                                "batch.size",
                                131_072,
                                "compression.type",
                                "lz4"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.organizations = List.copyOf(organizations);
        this.length = length;
    }

    /// Publishes at a fixed rate, whatever becomes of the events (open loop).
    ///
    /// @return how many
    public long publishAt(int perSecond, Duration time) {
        long count = OpenLoop.run(perSecond, time, this::send);
        kafka.flush();
        return count;
    }

    private void send(long due) {
        var organization = organizations.get((int) (number % organizations.size()));
        var id = new UUID(due, number).toString();
        var body = Body.ofSample(due, TYPE.sample().text(), length);
        var record = new ProducerRecord<>(topic, utf8(id), body.bytes());
        var headers = record.headers();
        headers.add("ce_specversion", utf8("1.0"));
        headers.add("ce_id", utf8(id));
        headers.add("ce_source", utf8("/meetings"));
        headers.add("ce_type", utf8(TYPE.name()));
        headers.add("ce_time", utf8(Instant.now().toString()));
        headers.add("ce_organizationid", utf8(organization.toString()));
        headers.add("ce_userid", utf8(new UUID(3, number % 100).toString()));
        headers.add("content-type", utf8("application/json"));
        number++;
        var _ = kafka.send(record);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
