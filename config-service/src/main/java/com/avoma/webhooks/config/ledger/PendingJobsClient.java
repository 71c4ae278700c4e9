package com.avoma.webhooks.config.ledger;

import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.config.topic.ReaderClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.springframework.stereotype.Component;

/// Asks Kafka what is still to be worked on: how far the log is behind, and which jobs delivery has
/// not finished. Its methods block.
@Component
class PendingJobsClient {
    private static final Duration LONGEST_SCAN = Duration.ofSeconds(60);
    private static final int RECORDS = 2_000;
    private static final int FETCH = 4 * 1024 * 1024;

    private final Admin admin;
    private final Topics topics;
    private final ReaderClient reader;
    private final LedgerProperties properties;

    PendingJobsClient(
            Admin admin, Topics topics, ReaderClient reader, LedgerProperties properties) {
        this.admin = admin;
        this.topics = topics;
        this.reader = reader;
        this.properties = properties;
    }

    /// Jobs that delivery has not finished.
    ///
    /// @param messageIds of those that were found
    /// @param unread partitions with more than is looked through
    /// @param partitions how many each topic has
    record Jobs(
            Set<String> messageIds, Set<TopicPartition> unread, Map<String, Integer> partitions) {

        /// Whether there is a job of the delivery, or may be where it was not looked for.
        boolean mayHave(String messageId, UUID webhook) {
            return messageIds.contains(messageId)
                    || unread.stream()
                            .anyMatch(partition -> partition.equals(of(webhook, partition)));
        }

        /// The partition of the webhook in the same topic: jobs are keyed by it.
        private TopicPartition of(UUID webhook, TopicPartition partition) {
            var key = webhook.toString().getBytes(StandardCharsets.UTF_8);
            int count = partitions.getOrDefault(partition.topic(), 1);
            return new TopicPartition(
                    partition.topic(), Utils.toPositive(Utils.murmur2(key)) % count);
        }
    }

    /// How many records of each of the log's topics the log has still to take.
    Map<String, Long> logLag() {
        Map<String, Long> lags = new HashMap<>();
        var group = topics.prefix() + "config-service-log";
        lags(group, partitions(logTopics()))
                .forEach((partition, span) ->
                        lags.merge(partition.topic(), span.length(), Long::sum));
        return lags;
    }

    /// The names of the log's topics.
    List<String> logTopics() {
        return List.of(
                topics.routingDecisions(), topics.deliveryAttempts(), topics.deliveryDeadLetters());
    }

    /// A topic's name without the installation's prefix.
    String plain(String topic) {
        return topic.substring(topics.prefix().length());
    }

    /// Whether the log has taken everything that is on its topics now, waiting a little for it.
    boolean awaitLogged() throws InterruptedException {
        var group = topics.prefix() + "config-service-log";
        var ends = offsets(partitions(logTopics()), OffsetSpec.latest());
        for (int tries = 20; tries > 0; tries--) {
            var committed = committed(group);
            if (ends.entrySet().stream()
                    .allMatch(end ->
                            end.getValue() == 0
                                    || committed.getOrDefault(end.getKey(), -1L)
                                            >= end.getValue())) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return false;
    }

    /// The jobs that are on topics and not finished, of all partitions that are not too far behind.
    Jobs unfinished() {
        var all = names();
        Map<TopicPartition, Span> spans = new HashMap<>();
        spans.putAll(
                lags(
                        topics.prefix() + "delivery-service",
                        partitions(present(all, List.of(topics.deliveryJobs())))));
        var waiting =
                Pattern.compile(Pattern.quote(topics.prefix()) + "delivery-(retry-\\d+|deferred)");
        var waitingTopics = all.stream().filter(waiting.asMatchPredicate()).toList();
        spans.putAll(lags(topics.prefix() + "delivery-service-retries", partitions(waitingTopics)));
        Map<String, Integer> counts = new HashMap<>();
        spans.keySet().forEach(partition -> counts.merge(partition.topic(), 1, Integer::sum));
        Set<TopicPartition> unread = new HashSet<>();
        spans.entrySet()
                .removeIf(entry -> {
                    boolean tooFar = entry.getValue().length() > properties.scan();
                    if (tooFar) {
                        unread.add(entry.getKey());
                    }
                    return tooFar || entry.getValue().length() == 0;
                });
        return new Jobs(scan(spans), unread, counts);
    }

    private Set<String> scan(Map<TopicPartition, Span> spans) {
        if (spans.isEmpty()) {
            return Set.of();
        }
        Set<String> found = new HashSet<>();
        var left = new HashMap<>(spans);
        long deadline = System.nanoTime() + LONGEST_SCAN.toNanos();
        try (var consumer = reader.open(RECORDS, FETCH)) {
            consumer.assign(spans.keySet());
            spans.forEach((partition, span) -> consumer.seek(partition, span.from()));
            while (!left.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("no end of the jobs in " + LONGEST_SCAN);
                }
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    var id = JobRecord.text(record.headers(), JobRecord.MESSAGE_ID);
                    if (id != null) {
                        found.add(id);
                    }
                }
                left.entrySet()
                        .removeIf(entry ->
                                consumer.position(entry.getKey()) >= entry.getValue().to());
                var done = new ArrayList<>(consumer.assignment());
                done.removeAll(left.keySet());
                consumer.pause(done);
            }
        }
        return found;
    }

    /// Offsets that a group has not committed yet.
    private record Span(long from, long to) {
        long length() {
            return Math.max(0, to - from);
        }
    }

    private Map<TopicPartition, Span> lags(String group, Set<TopicPartition> partitions) {
        // in this order: what is committed after the ends were asked for is not missed
        var committed = committed(group);
        var firsts = offsets(partitions, OffsetSpec.earliest());
        var ends = offsets(partitions, OffsetSpec.latest());
        return partitions.stream()
                .collect(
                        Collectors.toMap(
                                partition -> partition,
                                partition -> {
                                    long first = firsts.getOrDefault(partition, 0L);
                                    long from = committed.getOrDefault(partition, first);
                                    return new Span(
                                            Math.max(first, from),
                                            ends.getOrDefault(partition, 0L));
                                }));
    }

    private Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
        return offsets;
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec where) {
        var questions = partitions.stream().collect(Collectors.toMap(p -> p, _ -> where));
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listOffsets(questions, options).all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private Set<TopicPartition> partitions(Collection<String> names) {
        Set<TopicPartition> partitions = new HashSet<>();
        await(admin.describeTopics(names).allTopicNames())
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(p ->
                                        partitions.add(new TopicPartition(name, p.partition()))));
        return partitions;
    }

    private Set<String> names() {
        return await(admin.listTopics().names());
    }

    private static List<String> present(Set<String> all, List<String> names) {
        return names.stream().filter(all::contains).toList();
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the brokers do not say", e);
        }
    }
}
