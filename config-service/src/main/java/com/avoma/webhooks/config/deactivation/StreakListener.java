package com.avoma.webhooks.config.deactivation;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.config.isolation.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Keeps every webhook's streak in step with `delivery-attempts`; [Deactivator] draws the
/// conclusions. A batch is one transaction of a few statements, whatever its size; where PostgreSQL
/// is away the batch waits. A batch that is read again changes nothing ([Streak]).
@Component
class StreakListener {
    private static final Logger log = LoggerFactory.getLogger(StreakListener.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final StreakRepository streaks;

    StreakListener(StreakRepository streaks) {
        this.streaks = streaks;
    }

    /// Waits a quarter of a second for a batch to grow: rows are written once for each batch.
    @KafkaListener(
            id = "deactivation",
            groupId = "#{@topics.prefix()}" + BacklogClient.GROUP,
            topics = "#{@topics.deliveryAttempts()}",
            batch = "true",
            properties = {
                "max.poll.records=2000",
                "fetch.min.bytes=262144",
                "fetch.max.wait.ms=250"
            })
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<UUID, List<Attempted>> attempts = new TreeMap<>();
        for (var record : records) {
            read(record)
                    .ifPresent(attempt ->
                            attempts.computeIfAbsent(attempt.webhook(), _ -> new ArrayList<>())
                                    .add(attempt));
        }
        streaks.take(attempts).contextWrite(Scope.every(Scope.Reason.DEACTIVATION)).block(TIMEOUT);
    }

    private static Optional<Attempted> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                throw new MalformedRecordException("value: none (expected: an attempt)");
            }
            return Attempted.of(Json.read(record.value(), AttemptRecord.class));
        } catch (MalformedRecordException e) {
            log.error(
                    "attempt.malformed topic={} partition={} offset={} fault=\"{}\": passed over",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
