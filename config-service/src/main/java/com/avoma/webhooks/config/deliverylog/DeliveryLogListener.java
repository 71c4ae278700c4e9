package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Takes decisions, attempts and dead letters into the log, a poll in one transaction; the offsets
/// are committed after it. Where PostgreSQL is away the batch waits and is tried again every second
/// (`DirectoryConfiguration`), and everything behind it waits on Kafka. A record that is none, or
/// that PostgreSQL will never take, is reported and passed over.
@Component
class DeliveryLogListener {
    private static final Logger log = LoggerFactory.getLogger(DeliveryLogListener.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Topics topics;
    private final LogRepository repository;
    private final LogMetrics metrics;

    DeliveryLogListener(Topics topics, LogRepository repository, LogMetrics metrics) {
        this.topics = topics;
        this.repository = repository;
        this.metrics = metrics;
    }

    /// Waits a tenth of a second for a batch to grow: a transaction for each attempt would cost
    /// more than sending it.
    @KafkaListener(
            id = "delivery-log",
            groupId = "#{@topics.prefix()}config-service-log",
            topics = {
                "#{@topics.routingDecisions()}",
                "#{@topics.deliveryAttempts()}",
                "#{@topics.deliveryDeadLetters()}"
            },
            concurrency = "#{@logConsumers}",
            properties = {
                "max.poll.records=2000",
                "max.partition.fetch.bytes=16777216",
                "fetch.min.bytes=65536",
                "fetch.max.wait.ms=100"
            },
            containerPostProcessor = "pastMarkers",
            batch = "true")
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Part> parts = new ArrayList<>();
        for (var record : records) {
            var change = read(record);
            if (change != null) {
                parts.add(new Part(record, change));
            }
        }
        write(parts);
    }

    /// What a record adds to a batch.
    private record Part(ConsumerRecord<byte[], byte[]> record, Consumer<LogBatch> change) {}

    /// Where PostgreSQL refuses one record the others are written without it: halves, until it is
    /// found.
    private void write(List<Part> parts) {
        var batch = new LogBatch();
        parts.forEach(part -> part.change().accept(batch));
        if (batch.isEmpty()) {
            return;
        }
        try {
            repository.save(batch).block(TIMEOUT);
            metrics.written(parts.size());
        } catch (RuntimeException fault) {
            var state = LogRepository.refusal(fault);
            if (state == null) {
                throw fault;
            }
            if (parts.size() == 1) {
                // what PostgreSQL says of it may quote it
                passOver(parts.getFirst().record(), "PostgreSQL refuses it: SQLSTATE " + state);
                return;
            }
            int half = parts.size() / 2;
            write(parts.subList(0, half));
            write(parts.subList(half, parts.size()));
        }
    }

    private @Nullable Consumer<LogBatch> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            var topic = record.topic();
            if (topic.equals(topics.deliveryAttempts())) {
                var attempt = LogRecord.attempt(record.value());
                return batch -> batch.add(attempt);
            }
            if (topic.equals(topics.routingDecisions())) {
                var decision = LogRecord.decision(record.value());
                return batch -> batch.add(decision);
            }
            var job = LogRecord.job(JobRecord.read(record));
            var at = Instant.ofEpochMilli(record.timestamp());
            var where = new Position(topic, record.partition(), record.offset());
            return batch -> batch.addDead(job, at, where);
        } catch (MalformedRecordException e) {
            passOver(record, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void passOver(ConsumerRecord<byte[], byte[]> record, String fault) {
        metrics.malformed();
        log.error(
                "delivery-log.malformed topic={} partition={} offset={} fault=\"{}\": passed over",
                record.topic(),
                record.partition(),
                record.offset(),
                fault);
    }
}
