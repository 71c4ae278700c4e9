package com.avoma.webhooks.config.redelivery;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.delivery.AttemptRepository;
import com.avoma.webhooks.config.delivery.DeliveryAnswer;
import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.deliverylog.LogRecord;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Sends one delivery again, for the API and the console. The job goes to Kafka first
/// ([RedeliveryPublisher]), then everything that is known of it is written
/// ([RedeliveryRepository]): a crash in between leaves a delivery that is made and not noted, and a
/// repeated request sends it twice, under the same `webhook-id`.
public final class Redeliveries {
    private final Stored stored;
    private final RedeliveryPublisher publisher;
    private final RedeliveryRepository redeliveries;
    private final Clock clock;

    /// What is looked at.
    record Stored(
            DeliveryRepository deliveries,
            AttemptRepository attempts,
            WebhookRepository webhooks,
            OrganizationRepository organizations) {}

    Redeliveries(
            Stored stored,
            RedeliveryPublisher publisher,
            RedeliveryRepository redeliveries,
            Clock clock) {
        this.stored = stored;
        this.publisher = publisher;
        this.redeliveries = redeliveries;
        this.clock = clock;
    }

    /// The delivery as it is once it was asked for again. Fails with 400 where it cannot be sent.
    ///
    /// @param keep what to keep of the answer for when the request comes again; null: nothing
    public Mono<DeliveryAnswer> send(
            Caller caller, String id, Function<DeliveryAnswer, Answer.@Nullable Keep> keep) {
        var organization = caller.organization();
        return stored.deliveries()
                .one(organization, id)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("delivery")))
                .flatMap(delivery ->
                        canBeSent(delivery)
                                .then(stored.organizations().published(organization))
                                .flatMap(revision -> publish(caller, delivery, revision, keep)));
    }

    private Mono<Void> canBeSent(LoggedDelivery delivery) {
        if (delivery.test()) {
            return Mono.error(
                    RefusedException.invalid("A test send is not sent again; make another one."));
        }
        return stored.webhooks()
                .one(delivery.organizationUuid(), delivery.webhookUuid())
                .switchIfEmpty(
                        Mono.error(() ->
                                RefusedException.invalid(
                                        "The webhook of this delivery was deleted.")))
                .flatMap(webhook ->
                        webhook.active()
                                ? Mono.empty()
                                : Mono.error(
                                        RefusedException.invalid(
                                                "The webhook is inactive, and an inactive webhook"
                                                        + " is sent nothing. Activate it first.")));
    }

    private Mono<DeliveryAnswer> publish(
            Caller caller,
            LoggedDelivery delivery,
            long revision,
            Function<DeliveryAnswer, Answer.@Nullable Keep> keep) {
        var now = clock.instant();
        return publisher
                .publish(delivery, revision)
                .flatMap(job ->
                        answer(delivery, job, now)
                                .flatMap(answer ->
                                        redeliveries
                                                .add(caller, job, now, keep.apply(answer))
                                                .thenReturn(answer)));
    }

    private Mono<DeliveryAnswer> answer(LoggedDelivery delivery, DeliveryJob job, Instant at) {
        var requested =
                delivery.merge(LoggedDelivery.requested(LogRecord.job(job), LogRecord.micros(at)));
        return stored.attempts()
                .of(
                        delivery.organizationUuid(),
                        List.of(delivery),
                        AttemptRepository.LISTED_EXCERPT)
                .map(made ->
                        DeliveryAnswer.of(requested, made.getOrDefault(delivery.key(), List.of())));
    }
}
