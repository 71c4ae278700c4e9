package com.avoma.webhooks.config.redelivery;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.delivery.AttemptRepository;
import com.avoma.webhooks.config.delivery.DeliveryAnswer;
import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.deliverylog.LogRecord;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/deliveries/{id}/redeliver/`. The job goes to Kafka first ([RedeliveryPublisher]), then
/// everything that is known of it is written ([RedeliveryRepository]): a crash in between leaves a
/// delivery that is made and not noted, and a repeated request sends it twice, under the same
/// `webhook-id`.
@RestController
class RedeliveryController {
    private final Stored stored;
    private final RedeliveryPublisher publisher;
    private final RedeliveryRepository redeliveries;
    private final Idempotency idempotency;
    private final Clock clock;

    /// What is looked at.
    @Component("redeliveryStored")
    record Stored(
            DeliveryRepository deliveries,
            AttemptRepository attempts,
            WebhookRepository webhooks,
            OrganizationRepository organizations) {}

    RedeliveryController(
            Stored stored,
            RedeliveryPublisher publisher,
            RedeliveryRepository redeliveries,
            Idempotency idempotency,
            Clock clock) {
        this.stored = stored;
        this.publisher = publisher;
        this.redeliveries = redeliveries;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @Operation(
            operationId = "redeliver",
            summary = "Send a delivery again now, with the same body and `webhook-id`")
    @ApiResponse(responseCode = "202", description = "Accepted", useReturnTypeSchema = true)
    @PostMapping("/v1/deliveries/{id}/redeliver")
    Mono<ResponseEntity<DeliveryAnswer>> redeliver(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey,
            @RequestBody(required = false) byte @Nullable [] json) {
        var operation = "POST /v1/deliveries/" + id + "/redeliver/";
        var once = IdempotentRequest.of(caller, idempotencyKey, operation, json);
        JsonBody.parse(json, Set.of(), Set.of()).orRefuse();
        return idempotency
                .once(once, DeliveryAnswer.class, redeliver(caller, id, once))
                .map(answer -> IdempotencyConfiguration.response(answer).body(answer.body()));
    }

    private Mono<Answer<DeliveryAnswer>> redeliver(
            Caller caller, String id, @Nullable IdempotentRequest once) {
        var organization = caller.organization();
        return stored.deliveries()
                .one(organization, id)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("delivery")))
                .flatMap(delivery ->
                        canBeSent(delivery)
                                .then(stored.organizations().published(organization))
                                .flatMap(revision -> publish(caller, delivery, revision, once)));
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

    private Mono<Answer<DeliveryAnswer>> publish(
            Caller caller,
            LoggedDelivery delivery,
            long revision,
            @Nullable IdempotentRequest once) {
        var now = clock.instant();
        return publisher
                .publish(delivery, revision)
                .flatMap(job ->
                        answer(delivery, job, now)
                                .flatMap(answer ->
                                        redeliveries
                                                .add(caller, job, now, answer.keptFor(once))
                                                .thenReturn(answer)));
    }

    private Mono<Answer<DeliveryAnswer>> answer(
            LoggedDelivery delivery, DeliveryJob job, Instant at) {
        var requested =
                delivery.merge(LoggedDelivery.requested(LogRecord.job(job), LogRecord.micros(at)));
        return stored.attempts()
                .of(
                        delivery.organizationUuid(),
                        List.of(delivery),
                        AttemptRepository.LISTED_EXCERPT)
                .map(made ->
                        Answer.first(
                                HttpStatus.ACCEPTED.value(),
                                null,
                                DeliveryAnswer.of(
                                        requested, made.getOrDefault(delivery.key(), List.of()))));
    }
}
