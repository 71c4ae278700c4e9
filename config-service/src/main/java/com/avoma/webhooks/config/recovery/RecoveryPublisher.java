package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.config.deliverylog.LogBatch;
import com.avoma.webhooks.config.deliverylog.LogRecord;
import com.avoma.webhooks.config.deliverylog.LogRepository;
import com.avoma.webhooks.config.job.JobPublisher;
import com.avoma.webhooks.config.replay.Replayable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// Sends a page of a recovery at its pace. First the jobs go to Kafka, then the delivery log and
/// the recovery's progress are written in one transaction: a crash in between sends that page
/// again, under the same `webhook-id`s, and loses nothing.
@Component
class RecoveryPublisher {
    private static final Logger log = LoggerFactory.getLogger(RecoveryPublisher.class);
    private static final long PATIENCE_S = 10;

    private final JobPublisher jobs;
    private final LogRepository deliveries;
    private final TransactionalOperator transaction;
    private final Clock clock;

    RecoveryPublisher(
            JobPublisher jobs,
            LogRepository deliveries,
            TransactionalOperator transaction,
            Clock clock) {
        this.jobs = jobs;
        this.deliveries = deliveries;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Blocks until all of them are on Kafka.
    ///
    /// @param revision of the organization's latest snapshot on Kafka
    /// @param progress the note of it
    /// @return to be subscribed to: writes that they are requested, and the progress
    /// @throws KafkaException where one of them may not be there
    Mono<Void> publish(Collection<Replayable> page, long revision, Pace pace, Mono<Void> progress) {
        var batch = new LogBatch();
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (var one : page) {
            LockSupport.parkNanos(pace.take());
            var at = clock.instant();
            sends.add(jobs.publish(one.under(revision)));
            note(batch, one, at);
        }
        await(CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)));
        return batch.isEmpty()
                ? progress
                : transaction.transactional(deliveries.save(batch).then(progress));
    }

    private static void note(LogBatch batch, Replayable one, Instant at) {
        try {
            batch.addRequested(LogRecord.job(one.job()), LogRecord.micros(at));
        } catch (MalformedRecordException e) {
            // it is sent all the same; the log has no place for it
            log.warn(
                    "recovery.unlogged message={} fault={}", one.job().messageId(), e.getMessage());
        }
    }

    private static void await(CompletableFuture<Void> sends) {
        try {
            sends.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("not all jobs are on Kafka", e);
        }
    }
}
