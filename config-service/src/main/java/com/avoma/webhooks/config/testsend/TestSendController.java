package com.avoma.webhooks.config.testsend;

import com.avoma.webhooks.config.delivery.AttemptAnswer;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
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

/// `/v1/webhooks/{uuid}/test/`: [TestSends] in HTTP.
@RestController
class TestSendController {
    private final TestSends tests;
    private final Idempotency idempotency;

    TestSendController(TestSends tests, Idempotency idempotency) {
        this.tests = tests;
        this.idempotency = idempotency;
    }

    @Operation(
            operationId = "testWebhook",
            summary = "Send the sample payload now, to an inactive webhook too, and show what came")
    @PostMapping("/v1/webhooks/{uuid}/test")
    Mono<ResponseEntity<AttemptAnswer>> test(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey,
            @RequestBody(required = false) byte @Nullable [] json) {
        var id = JsonBody.uuid(uuid).orElseThrow(() -> RefusedException.notFound("webhook"));
        var operation = "POST /v1/webhooks/" + id + "/test/";
        var once = IdempotentRequest.of(caller, idempotencyKey, operation, json);
        var sent =
                Mono.defer(() -> {
                    JsonBody.parse(json, Set.of(), Set.of()).orRefuse();
                    return tests.send(caller, id, attempt -> answered(attempt).keptFor(once));
                });
        return idempotency
                .once(once, AttemptAnswer.class, sent.map(TestSendController::answered))
                .map(answer -> IdempotencyConfiguration.response(answer).body(answer.body()));
    }

    private static Answer<AttemptAnswer> answered(AttemptAnswer attempt) {
        return Answer.first(HttpStatus.OK.value(), null, attempt);
    }
}
