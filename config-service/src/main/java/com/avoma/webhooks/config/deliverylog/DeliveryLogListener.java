package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Takes decisions, attempts and dead letters into the log, a poll in one transaction; the offsets
/// are committed after it. Where PostgreSQL is away the batch waits and is tried again every second
/// (`DirectoryConfiguration`), and everything behind it waits on Kafka. A record that is none is
/// reported and passed over.
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

    @KafkaListener(
            id = "delivery-log",
            groupId = "#{@topics.prefix()}config-service-log",
            topics = {
                "#{@topics.routingDecisions()}",
                "#{@topics.deliveryAttempts()}",
                "#{@topics.deliveryDeadLetters()}"
            },
            concurrency = "#{@logConsumers}",
            properties = {"max.poll.records=2000", "max.partition.fetch.bytes=16777216"},
            containerPostProcessor = "pastMarkers",
            batch = "true")
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        var batch = new LogBatch();
        records.forEach(record -> add(batch, record));
        if (!batch.isEmpty()) {
            repository.save(batch).block(TIMEOUT);
        }
        metrics.written(records.size());
    }

    private void add(LogBatch batch, ConsumerRecord<byte[], byte[]> record) {
        try {
            var topic = record.topic();
            if (topic.equals(topics.deliveryAttempts())) {
                batch.add(LogRecord.attempt(record.value()));
            } else if (topic.equals(topics.routingDecisions())) {
                batch.add(LogRecord.decision(record.value()));
            } else {
                batch.addDead(
                        LogRecord.job(JobRecord.read(record)),
                        Instant.ofEpochMilli(record.timestamp()),
                        new Position(topic, record.partition(), record.offset()));
            }
        } catch (MalformedRecordException e) {
            metrics.malformed();
            log.error(
                    "delivery-log.malformed topic={} partition={} offset={} fault=\"{}\": passed"
                            + " over",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }
}
