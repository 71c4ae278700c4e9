package com.avoma.webhooks.config.replay;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Reads through `delivery-dead-letters` or `meeting-events` from a time on, and gives what is of
/// one organization and range. Blocks: not for an event loop.
///
/// The records themselves are read, not the delivery log's places of them: the body is right there,
/// in order, and events from when an organization had no webhooks are in no log. It costs a pass
/// over all organizations' records since then, of which others are passed over by a header.
@Component
public class ReplayClient {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BROKERS = Duration.ofSeconds(10);

    /// How far a producer's clock may be ahead of the brokers'.
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final KafkaProperties kafka;
    private final Topics topics;

    ReplayClient(KafkaProperties kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /// From where to where a range is to be read, as of now.
    public Places places(Range range) {
        try (var consumer = open(1)) {
            var partitions = partitions(consumer, topic(range));
            consumer.assign(partitions);
            var from = range.since().minus(SKEW).toEpochMilli();
            var starts =
                    consumer.offsetsForTimes(
                            partitions.stream()
                                    .collect(Collectors.toMap(p -> p, _ -> Math.max(0, from))),
                            BROKERS);
            var ends = consumer.endOffsets(partitions, BROKERS);
            Map<Integer, Places.Stretch> stretches = new HashMap<>();
            for (var partition : partitions) {
                long end = ends.getOrDefault(partition, 0L);
                // null: every record is older
                var start = starts.get(partition);
                stretches.put(
                        partition.partition(),
                        new Places.Stretch(start == null ? end : start.offset(), end));
            }
            return new Places(stretches);
        }
    }

    /// Goes on from where somebody was.
    ///
    /// @param page how many records it gives at once at the most
    public Reader from(Range range, Places places, int page) {
        var consumer = open(page);
        try {
            var topic = topic(range);
            Map<TopicPartition, Long> next = new HashMap<>();
            places.partitions()
                    .forEach((number, stretch) ->
                            next.put(new TopicPartition(topic, number), stretch.next()));
            consumer.assign(next.keySet());
            next.forEach(consumer::seek);
            return new Reader(consumer, range, places);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private String topic(Range range) {
        return switch (range.only()) {
            case FAILED -> topics.deliveryDeadLetters();
            case ALL -> topics.meetingEvents();
        };
    }

    private static List<TopicPartition> partitions(
            Consumer<byte[], byte[]> consumer, String topic) {
        var found = consumer.partitionsFor(topic, BROKERS);
        if (found == null || found.isEmpty()) {
            throw new KafkaException("the brokers do not know " + topic);
        }
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    }

    private Consumer<byte[], byte[]> open(int page) {
        var settings = kafka.buildConsumerProperties();
        settings.put("group.protocol", "classic");
        settings.put("enable.auto.commit", false);
        // what retention took meanwhile is gone; the rest is still of use
        settings.put("auto.offset.reset", "earliest");
        settings.put("max.poll.records", page);
        settings.put("default.api.timeout.ms", (int) BROKERS.toMillis());
        settings.put("request.timeout.ms", 5_000);
        return new KafkaConsumer<>(settings);
    }

    /// One pass. Not thread-safe.
    public static final class Reader implements AutoCloseable {
        private final Consumer<byte[], byte[]> consumer;
        private final Range range;
        private Places places;

        private Reader(Consumer<byte[], byte[]> consumer, Range range, Places places) {
            this.consumer = consumer;
            this.range = range;
            this.places = places;
        }

        /// What there is in the next records; nothing where they are of no interest, or slow to
        /// come.
        public List<Replayable> next() {
            List<Replayable> found = new ArrayList<>();
            for (var record : consumer.poll(POLL)) {
                var stretch = places.partitions().get(record.partition());
                if (stretch != null && record.offset() < stretch.end()) {
                    var one = read(record);
                    if (one != null) {
                        found.add(one);
                    }
                }
            }
            Map<Integer, Long> positions = new HashMap<>();
            for (var partition : consumer.assignment()) {
                positions.put(partition.partition(), consumer.position(partition));
            }
            places = places.at(positions);
            return found;
        }

        /// How far it has come.
        public Places places() {
            return places;
        }

        @Override
        public void close() {
            consumer.close();
        }

        private @Nullable Replayable read(ConsumerRecord<byte[], byte[]> record) {
            var place = new Position(record.topic(), record.partition(), record.offset());
            return switch (range.only()) {
                case FAILED -> deadLetter(record, place);
                case ALL -> event(record, place);
            };
        }

        private @Nullable Replayable deadLetter(
                ConsumerRecord<byte[], byte[]> record, Position place) {
            if (record.key() == null
                    || !range.webhook()
                            .toString()
                            .equals(new String(record.key(), StandardCharsets.UTF_8))) {
                return null;
            }
            try {
                var job = JobRecord.read(record);
                boolean isOurs = job.organizationUuid().equals(range.organization());
                return isOurs && job.origin() != Origin.TEST && range.has(job.eventTime())
                        ? Replayable.of(job, Origin.RECOVERY, place)
                        : null;
            } catch (MalformedRecordException _) {
                // dead for that very reason
                return null;
            }
        }

        private @Nullable Replayable event(ConsumerRecord<byte[], byte[]> record, Position place) {
            var event =
                    EventRecord.read(
                            name -> JobRecord.text(record.headers(), name),
                            record.value(),
                            range.organization()::equals);
            return event != null && range.has(event.time())
                    ? Replayable.of(event, range.webhook(), Origin.RECOVERY, place)
                    : null;
        }
    }
}
