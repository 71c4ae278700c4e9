package com.avoma.webhooks.config.redelivery;

import com.avoma.webhooks.config.delivery.DeliveryAnswer;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/deliveries/{id}/redeliver/`: [Redeliveries] in HTTP.
@RestController
class RedeliveryController {
    private final Redeliveries redeliveries;
    private final Idempotency idempotency;

    RedeliveryController(Redeliveries redeliveries, Idempotency idempotency) {
        this.redeliveries = redeliveries;
        this.idempotency = idempotency;
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
        var sent =
                Mono.defer(() -> {
                    JsonBody.parse(json, Set.of(), Set.of()).orRefuse();
                    return redeliveries.send(
                            caller, id, delivery -> accepted(delivery).keptFor(once));
                });
        return idempotency
                .once(once, DeliveryAnswer.class, sent.map(RedeliveryController::accepted))
                .map(answer -> IdempotencyConfiguration.response(answer).body(answer.body()));
    }

    private static Answer<DeliveryAnswer> accepted(DeliveryAnswer delivery) {
        return Answer.first(HttpStatus.ACCEPTED.value(), null, delivery);
    }
}
