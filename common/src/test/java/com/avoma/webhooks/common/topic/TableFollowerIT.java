package com.avoma.webhooks.common.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableFollowerIT {
    private static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", TestBroker.bootstrapServers());

    private final String first = "followed-" + UUID.randomUUID();
    private final String second = first + ".too";
    private final Map<String, String> table = new ConcurrentHashMap<>();
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(BROKER, new ByteArraySerializer(), new ByteArraySerializer());
    private TableFollower follower;

    @BeforeEach
    void createsTheTopics() {
        try (var admin = Admin.create(BROKER)) {
            new TopicProvisioner(admin, 4, -1)
                    .provision(List.of(TopicSpec.compacted(first), TopicSpec.compacted(second)));
        }
        follower = follower(first, second);
    }

    @AfterEach
    void stops() {
        follower.close();
        producer.close();
    }

    @Test
    void holdsWhatWasThereBeforeItStarted() throws Exception {
        for (var key : IntStream.range(0, 50).mapToObj(Integer::toString).toList()) {
            put(first, key, "a" + key);
            put(second, "two-" + key, "b" + key);
        }
        follower.start();
        follower.caughtUp().get(20, TimeUnit.SECONDS);
        assertThat(table).hasSize(100).containsEntry("7", "a7").containsEntry("two-49", "b49");
    }

    @Test
    void isNeverOlderThanTheCallToCatchUp() throws Exception {
        follower.start();
        for (int round = 0; round < 200; round++) {
            put(round % 2 == 0 ? first : second, "key-" + round % 7, "value-" + round);
            follower.caughtUp().get(20, TimeUnit.SECONDS);
            assertThat(table).containsEntry("key-" + round % 7, "value-" + round);
        }
    }

    @Test
    void goesOnAfterARecordThatTheTableRefuses() throws Exception {
        follower.start();
        put(first, "key", "refused");
        put(first, "key", "good");
        follower.caughtUp().get(20, TimeUnit.SECONDS);
        assertThat(table).containsEntry("key", "good");
    }

    @Test
    void takesATombstone() throws Exception {
        follower.start();
        put(first, "key", "value");
        put(first, "key", null);
        follower.caughtUp().get(20, TimeUnit.SECONDS);
        assertThat(table).doesNotContainKey("key");
    }

    @Test
    void waitsForATopicThatTheBrokerDoesNotKnowYet() throws Exception {
        var late = first + ".late";
        follower = follower(first, late);
        follower.start();
        put(first, "key", "value");
        var caughtUp = follower.caughtUp();
        try (var admin = Admin.create(BROKER)) {
            new TopicProvisioner(admin, 4, -1).provision(List.of(TopicSpec.compacted(late)));
        }
        put(late, "late", "too");
        caughtUp.get(20, TimeUnit.SECONDS);
        follower.caughtUp().get(20, TimeUnit.SECONDS);
        assertThat(table).containsEntry("key", "value").containsEntry("late", "too");
    }

    @Test
    void readsPartitionsThatAreAddedWhileItRuns() throws Exception {
        put(first, "key", "value");
        follower.start();
        follower.caughtUp().get(20, TimeUnit.SECONDS);
        table.clear(); // what is read twice would come back
        try (var admin = Admin.create(BROKER)) {
            admin.createPartitions(Map.of(first, NewPartitions.increaseTo(6))).all().get();
        }
        putInto(5, "added", "first");
        await().atMost(Duration.ofSeconds(60)).until(() -> table.containsKey("added"));
        for (int round = 0; round < 20; round++) {
            putInto(5, "added", "value-" + round);
            follower.caughtUp().get(20, TimeUnit.SECONDS);
            assertThat(table).containsExactly(Map.entry("added", "value-" + round));
        }
        assertThat(follower.lag(first)).isZero();
    }

    /// By a producer of its own: one that has used the topic before knows its partitions for
    /// minutes.
    private void putInto(int partition, String key, String value) throws Exception {
        try (var late =
                new KafkaProducer<>(BROKER, new ByteArraySerializer(), new ByteArraySerializer())) {
            late.send(
                            new ProducerRecord<>(
                                    first, partition, key.getBytes(UTF_8), value.getBytes(UTF_8)))
                    .get();
        }
    }

    private TableFollower follower(String... topics) {
        var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                TestBroker.bootstrapServers(),
                                "isolation.level",
                                "read_committed",
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        return new TableFollower(consumer, Admin.create(BROKER), List.of(topics), this::take);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var key = new String(record.key(), UTF_8);
        if (record.value() == null) {
            table.remove(key);
            return;
        }
        var value = new String(record.value(), UTF_8);
        if (value.equals("refused")) {
            throw new IllegalArgumentException("refused on purpose");
        }
        table.put(key, value);
    }

    private void put(String topic, String key, String value) throws Exception {
        producer.send(
                        new ProducerRecord<>(
                                topic,
                                key.getBytes(UTF_8),
                                value == null ? null : value.getBytes(UTF_8)))
                .get();
    }
}
