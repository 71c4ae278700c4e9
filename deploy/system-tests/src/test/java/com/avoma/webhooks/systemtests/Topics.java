package com.avoma.webhooks.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What stands on the topics, as somebody reads it who may read everything that is committed.
record Topics(String bootstrapServers) {
    /// @param messageId of a job
    /// @param type of a CloudEvent
    /// @param text key, headers and value, each byte a character
    record Entry(String topic, String messageId, String type, String text) {}

    /// All of every topic, Kafka's own excepted.
    List<Entry> everything() {
        return read(Pattern.compile("[^_].*"));
    }

    List<Entry> of(String topic) {
        return read(Pattern.compile(Pattern.quote(topic)));
    }

    private List<Entry> read(Pattern topics) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false);
        try (var kafka =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = asked(admin -> partitions(admin, topics));
            kafka.assign(partitions);
            kafka.seekToBeginning(partitions);
            var ends = kafka.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> kafka.position(p) < ends.get(p))) {
                kafka.poll(Duration.ofMillis(200)).forEach(record -> entries.add(entry(record)));
            }
        }
        return entries;
    }

    /// Waits until dispatcher-service is done with all events that are there now.
    void awaitDispatched() {
        var ends =
                asked(admin ->
                        admin.listOffsets(
                                        partitions(admin, Pattern.compile("meeting-events"))
                                                .stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                partition -> partition,
                                                                _ -> OffsetSpec.latest())))
                                .all()
                                .get());
        Awaiting.until(
                "dispatch of all events",
                () -> {
                    var done =
                            asked(admin ->
                                    admin.listConsumerGroupOffsets("dispatcher-service")
                                            .partitionsToOffsetAndMetadata()
                                            .get());
                    return ends.entrySet().stream()
                            .allMatch(end -> reached(done.get(end.getKey()), end.getValue()));
                });
    }

    private static boolean reached(OffsetAndMetadata done, ListOffsetsResultInfo end) {
        return end.offset() == 0 || (done != null && done.offset() >= end.offset());
    }

    private static List<TopicPartition> partitions(Admin admin, Pattern topics)
            throws ExecutionException, InterruptedException {
        var names =
                admin.listTopics().names().get().stream()
                        .filter(name -> topics.matcher(name).matches())
                        .toList();
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(names)
                .allTopicNames()
                .get()
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(p ->
                                        partitions.add(new TopicPartition(name, p.partition()))));
        return partitions;
    }

    /// A question to the brokers.
    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private <T> T asked(Question<T> question) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return question.ask(admin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        var text = new StringBuilder();
        append(text, record.key());
        record.headers().forEach(header -> append(text, header.value()));
        append(text, record.value());
        return new Entry(
                record.topic(),
                header(record, "webhooks-message-id"),
                header(record, "ce_type"),
                text.toString());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    private static void append(StringBuilder text, byte[] bytes) {
        if (bytes != null) {
            text.append(new String(bytes, ISO_8859_1)).append('\n');
        }
    }
}
