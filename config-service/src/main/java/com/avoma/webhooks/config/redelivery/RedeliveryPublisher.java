package com.avoma.webhooks.config.redelivery;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.job.JobPublisher;
import com.avoma.webhooks.config.replay.EventRecord;
import com.avoma.webhooks.config.replay.Replayable;
import com.avoma.webhooks.config.topic.RecordClient;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Makes a delivery's job once more out of the record that its last step was made of, or of its
/// event, and puts it on Kafka.
@Component
class RedeliveryPublisher {
    private static final Logger log = LoggerFactory.getLogger(RedeliveryPublisher.class);

    private final RecordClient records;
    private final JobPublisher jobs;

    RedeliveryPublisher(RecordClient records, JobPublisher jobs) {
        this.records = records;
        this.jobs = jobs;
    }

    /// Completes with the job once it is on Kafka. Fails with 400 where retention took the body,
    /// and with 503 where Kafka does not answer. Does not block.
    ///
    /// @param revision of the organization's latest snapshot on Kafka
    Mono<DeliveryJob> publish(LoggedDelivery delivery, long revision) {
        return Mono.fromCallable(() -> read(delivery).under(revision))
                .flatMap(job -> Mono.fromFuture(() -> jobs.publish(job)).thenReturn(job))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(KafkaException.class, fault -> away(delivery, fault))
                .onErrorMap(ExecutionException.class, fault -> away(delivery, fault));
    }

    private Replayable read(LoggedDelivery delivery) throws InterruptedException {
        var last = delivery.progress().last();
        var decided = delivery.progress().decided();
        var place = last != null ? last.body() : decided == null ? null : decided.event();
        var record = place == null ? null : records.at(place);
        var found =
                record == null || place == null
                        ? null
                        : last != null ? ofJob(record, place) : ofEvent(record, place, delivery);
        if (found == null || !found.job().messageId().equals(delivery.messageId())) {
            throw RefusedException.invalid(
                    "The body of this delivery is gone: Kafka keeps bodies for days, and retention"
                            + " has taken it. It cannot be sent again.");
        }
        return found;
    }

    private static @Nullable Replayable ofJob(
            ConsumerRecord<byte[], byte[]> record, Position place) {
        try {
            return Replayable.of(JobRecord.read(record), Origin.REDELIVERY, place);
        } catch (MalformedRecordException e) {
            log.debug("redelivery.malformed place={}", place, e);
            return null;
        }
    }

    private static @Nullable Replayable ofEvent(
            ConsumerRecord<byte[], byte[]> record, Position place, LoggedDelivery delivery) {
        var event =
                EventRecord.read(
                        name -> JobRecord.text(record.headers(), name),
                        record.value(),
                        delivery.organizationUuid()::equals);
        return event == null
                ? null
                : Replayable.of(event, delivery.webhookUuid(), Origin.REDELIVERY, place);
    }

    private static RefusedException away(LoggedDelivery delivery, Throwable fault) {
        log.warn("redelivery.unsent delivery={} fault={}", delivery.messageId(), fault.toString());
        return RefusedException.unavailable(
                "Kafka does not answer, so that nothing was sent. Try again later.");
    }
}
