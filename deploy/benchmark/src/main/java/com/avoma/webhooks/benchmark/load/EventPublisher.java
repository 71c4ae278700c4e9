package com.avoma.webhooks.benchmark.load;

import com.avoma.webhooks.common.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes meetings that were booked, as the product does (CloudEvents 1.0 in headers), for one
/// organization after the other. Nothing lingers, so that what is late is so behind this.
public final class EventPublisher implements AutoCloseable {
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
        var body = Body.ofSample(due, EventRecord.TYPE.sample().text(), length);
        var time = Instant.now().toString();
        var _ =
                kafka.send(
                        EventRecord.of(
                                topic,
                                organization,
                                new UUID(due, number),
                                number,
                                time,
                                body.bytes()));
        number++;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
