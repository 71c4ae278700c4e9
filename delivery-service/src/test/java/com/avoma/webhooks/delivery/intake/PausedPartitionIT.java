package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.intake.PartitionsListener.Layout;
import com.avoma.webhooks.delivery.isolation.Rank;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestTopics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/// With a real consumer: one that has fetched more of a partition than may be read ahead.
class PausedPartitionIT {
    private static final int RECORDS = 3_000;
    private static final Duration WAITED = Duration.ofMillis(50);
    private static final int POLLS = 60;
    private static final Instant LATER = Instant.now().plus(Duration.ofHours(1));

    private final String topic = TestTopics.prefix() + "delivery-retry-1";

    @Test
    void waitsWithoutTurningInCircles() throws Exception {
        publish();
        try (var kafka =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                TestBroker.bootstrapServers(),
                                "group.id",
                                topic,
                                "group.protocol",
                                "consumer",
                                "enable.auto.commit",
                                false,
                                "auto.offset.reset",
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions =
                    new PartitionsListener(
                            kafka,
                            new Layout(
                                    _ -> Lane.Bounds.WAITING,
                                    new ReadAhead(1024 * 1024),
                                    _ -> 1_000,
                                    128));
            kafka.subscribe(List.of(topic), partitions);
            readUntilPaused(kafka, partitions);
            var thread = ManagementFactory.getThreadMXBean();
            long cpu = thread.getCurrentThreadCpuTime();
            long begun = System.nanoTime();

            for (int i = 0; i < POLLS; i++) {
                assertThat(partitions.poll(WAITED)).isEmpty();
            }

            assertThat(thread.getCurrentThreadCpuTime() - cpu)
                    .as("CPU time of nothing")
                    .isLessThan((System.nanoTime() - begun) / 4);
        }
    }

    private void readUntilPaused(
            KafkaConsumer<byte[], byte[]> kafka, PartitionsListener partitions) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (kafka.paused().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            var records = partitions.poll(WAITED);
            for (var record : records) {
                var partition = records.partitions().iterator().next();
                partitions.add(partition, record.offset(), new UUID(0, 1), () -> entry(record));
            }
            partitions.steer();
        }
    }

    private void publish() throws Exception {
        var brokers = Map.<String, Object>of("bootstrap.servers", TestBroker.bootstrapServers());
        try (var admin = Admin.create(brokers)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (var producer =
                new KafkaProducer<>(
                        brokers, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(topic, new byte[16], new byte[16]));
            }
        }
    }

    private static Entry<Arrival> entry(ConsumerRecord<byte[], byte[]> record) {
        var position = new Position(record.topic(), record.partition(), record.offset());
        return new Entry<>(
                record.offset(),
                new UUID(0, 1),
                Rank.LIVE,
                LATER,
                LATER,
                1,
                new Arrival.Malformed("", new SourceRecord(position, null, null, List::of)));
    }
}
