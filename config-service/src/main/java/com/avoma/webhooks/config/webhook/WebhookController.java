package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/webhooks/`: [WebhookEditor] in HTTP.
@RestController
@RequestMapping("/v1/webhooks")
class WebhookController {
    private final WebhookEditor webhooks;
    private final Idempotency idempotency;

    WebhookController(WebhookEditor webhooks, Idempotency idempotency) {
        this.webhooks = webhooks;
        this.idempotency = idempotency;
    }

    @Operation(operationId = "listWebhooks", summary = "List the webhooks, oldest first")
    @GetMapping
    Mono<Page<WebhookAnswer>> list(
            @AuthenticationPrincipal Caller caller, ServerHttpRequest request) {
        var window = Window.of(request.getQueryParams());
        var address = Addresses.of(request.getURI());
        return webhooks.part(caller, window)
                .map(part ->
                        Page.cut(
                                part.extent(),
                                part.webhooks(),
                                seen ->
                                        new ListKey(seen.webhook().created(), seen.webhook().uuid())
                                                .text(),
                                window,
                                address))
                .map(page -> page.map(WebhookController::answer));
    }

    @Operation(operationId = "createWebhook", summary = "Create a webhook")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    @PostMapping
    Mono<ResponseEntity<WebhookAnswer>> create(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey,
            @RequestBody(required = false) byte @Nullable [] body) {
        var once = IdempotentRequest.of(caller, idempotencyKey, "POST /v1/webhooks/", body);
        var change =
                Mono.defer(() ->
                        webhooks.create(caller, body, webhook -> created(webhook).keptFor(once)));
        return idempotency
                .once(once, WebhookAnswer.class, change.map(WebhookController::created))
                .map(answer -> IdempotencyConfiguration.response(answer).body(answer.body()));
    }

    @Operation(operationId = "getWebhook", summary = "Show a webhook")
    @GetMapping("/{uuid}")
    Mono<ResponseEntity<WebhookAnswer>> get(
            @AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return webhooks.one(caller, uuid(uuid)).map(WebhookController::response);
    }

    @Operation(operationId = "updateWebhook", summary = "Change what a merge patch names")
    @PatchMapping("/{uuid}")
    Mono<ResponseEntity<WebhookAnswer>> patch(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @RequestHeader(name = "If-Match", required = false) @Nullable List<String> ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        return webhooks.patch(caller, uuid(uuid), body, expected(ifMatch))
                .map(WebhookController::response);
    }

    @Operation(operationId = "deleteWebhook", summary = "Delete a webhook")
    @DeleteMapping("/{uuid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @RequestHeader(name = "If-Match", required = false) @Nullable List<String> ifMatch) {
        return webhooks.delete(caller, uuid(uuid), expected(ifMatch)).then();
    }

    private static UUID uuid(String text) {
        return JsonBody.uuid(text).orElseThrow(() -> RefusedException.notFound("webhook"));
    }

    private static Predicate<Webhook> expected(@Nullable List<String> ifMatch) {
        return webhook ->
                ifMatch == null || ifMatch.contains("*") || ifMatch.contains(etag(webhook));
    }

    private static Answer<WebhookAnswer> created(Webhook webhook) {
        return Answer.first(
                HttpStatus.CREATED.value(), etag(webhook), WebhookAnswer.of(webhook, Set.of()));
    }

    private static WebhookAnswer answer(WebhookEditor.Seen seen) {
        return WebhookAnswer.of(seen.webhook(), seen.missing());
    }

    private static ResponseEntity<WebhookAnswer> response(WebhookEditor.Seen seen) {
        return ResponseEntity.ok().eTag(etag(seen.webhook())).body(answer(seen));
    }

    private static String etag(Webhook webhook) {
        return '"' + Long.toString(webhook.version()) + '"';
    }
}
