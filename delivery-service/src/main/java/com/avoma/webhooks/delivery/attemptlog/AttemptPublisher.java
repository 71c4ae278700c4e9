package com.avoma.webhooks.delivery.attemptlog;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptWriter;
import com.avoma.webhooks.delivery.publication.RecordPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what each attempt came to to `delivery-attempts`, for config-service's delivery log, and
/// one line to this service's own. Neither has a secret or a body in it.
public final class AttemptPublisher {
    private static final Logger log = LoggerFactory.getLogger("delivery.attempts");

    private final RecordPublisher publisher;
    private final String topic;
    private final int attempts;

    /// @param attempts how many are made in all, for the log
    public AttemptPublisher(RecordPublisher publisher, String topic, int attempts) {
        this.publisher = publisher;
        this.topic = topic;
        this.attempts = attempts;
    }

    /// Completes when the record is safe.
    public CompletableFuture<Void> publish(AttemptRecord attempt) {
        line(attempt);
        var key = attempt.webhookUuid().toString().getBytes(StandardCharsets.US_ASCII);
        return publisher.publish(new ProducerRecord<>(topic, key, AttemptWriter.write(attempt)));
    }

    private void line(AttemptRecord attempt) {
        if (!log.isInfoEnabled()) {
            return;
        }
        if (attempt.outcome() == null) {
            log.info(
                    "delivery.ended event={} webhook={} verdict={} detail=\"{}\"",
                    attempt.eventId(),
                    attempt.webhookUuid(),
                    lower(attempt.verdict()),
                    attempt.detail());
            return;
        }
        var line = new StringBuilder(200);
        line.append("delivery.attempted event=").append(attempt.eventId());
        line.append(" webhook=").append(attempt.webhookUuid());
        line.append(" attempt=").append(attempt.number()).append('/').append(attempts);
        if (attempt.failure() == null) {
            line.append(" status=").append(attempt.statusCode());
        } else {
            line.append(" failure=").append(lower(attempt.failure()));
        }
        line.append(" took_ms=").append(attempt.durationMs());
        line.append(" verdict=").append(lower(attempt.verdict()));
        if (attempt.nextAttemptAt() != null) {
            var end = attempt.startedAt().plusMillis(attempt.durationMs());
            line.append(" retry_in_s=")
                    .append(Duration.between(end, attempt.nextAttemptAt()).toSeconds());
        }
        log.info(line.toString());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
