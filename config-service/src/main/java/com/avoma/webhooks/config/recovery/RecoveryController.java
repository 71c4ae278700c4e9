package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/webhooks/{uuid}/recoveries/`: [Recoveries] in HTTP.
@RestController
@RequestMapping("/v1/webhooks/{uuid}/recoveries")
class RecoveryController {
    private final Recoveries recoveries;
    private final Idempotency idempotency;

    RecoveryController(Recoveries recoveries, Idempotency idempotency) {
        this.recoveries = recoveries;
        this.idempotency = idempotency;
    }

    @Operation(
            operationId = "createRecovery",
            summary = "Send a time's events again; a dry run only counts them")
    @ApiResponse(responseCode = "202", description = "Accepted", useReturnTypeSchema = true)
    @PostMapping
    Mono<ResponseEntity<Recovery>> create(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey,
            @RequestBody(required = false) byte @Nullable [] json) {
        var id = uuid(uuid, "webhook");
        var operation = "POST /v1/webhooks/" + id + "/recoveries/";
        var once = IdempotentRequest.of(caller, idempotencyKey, operation, json);
        var created =
                recoveries.create(caller, id, json, recovery -> accepted(recovery).keptFor(once));
        return idempotency
                .once(once, Recovery.class, created.map(RecoveryController::accepted))
                .map(answer -> IdempotencyConfiguration.response(answer).body(answer.body()));
    }

    @Operation(
            operationId = "listRecoveries",
            summary = "List the webhook's recoveries, oldest first")
    @GetMapping
    Mono<Page<Recovery>> list(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            ServerHttpRequest request) {
        var id = uuid(uuid, "webhook");
        var window = Window.of(request.getQueryParams());
        return recoveries
                .all(caller, id)
                .map(all ->
                        Page.of(
                                all,
                                recovery -> new ListKey(recovery.created(), recovery.id()).text(),
                                window,
                                Addresses.of(request.getURI())));
    }

    @Operation(operationId = "getRecovery", summary = "Show how far a recovery is")
    @GetMapping("/{id}")
    Mono<Recovery> get(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @PathVariable String id) {
        return recoveries.one(caller, uuid(uuid, "webhook"), uuid(id, "recovery"));
    }

    @Operation(
            operationId = "cancelRecovery",
            summary = "Cancel a recovery; what it has sent stays sent")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> cancel(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @PathVariable String id) {
        return recoveries.cancel(caller, uuid(uuid, "webhook"), uuid(id, "recovery"));
    }

    private static Answer<Recovery> accepted(Recovery recovery) {
        return Answer.first(HttpStatus.ACCEPTED.value(), null, recovery);
    }

    private static UUID uuid(String text, String what) {
        return JsonBody.uuid(text).orElseThrow(() -> RefusedException.notFound(what));
    }
}
