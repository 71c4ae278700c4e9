package com.avoma.webhooks.config.apikey;

import static com.avoma.webhooks.config.idempotency.Answer.first;

import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.List;
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

/// `/v1/api-keys/`.
@RestController
@RequestMapping("/v1/api-keys")
class ApiKeyController {
    private final ApiKeyEditor keys;
    private final Idempotency idempotency;
    private final AuditRepository audit;

    ApiKeyController(ApiKeyEditor keys, Idempotency idempotency, AuditRepository audit) {
        this.keys = keys;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    /// The only answer that has the secret.
    @Schema(name = "NewApiKeyAnswer")
    record Created(
            String clientKey,
            String clientSecret,
            String name,
            Instant created,
            @Nullable Instant lastUsedAt) {
        static Created of(ApiKeyEditor.Issued issued) {
            var key = issued.key();
            return new Created(
                    key.clientKey(), issued.secret().secret(), key.name(), key.created(), null);
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "Created[clientKey=" + clientKey + "]";
        }
    }

    @Operation(operationId = "listApiKeys", summary = "List the API keys, oldest first")
    @GetMapping
    Mono<Page<ApiKey>> list(@AuthenticationPrincipal Caller caller, ServerHttpRequest request) {
        var window = Window.of(request.getQueryParams());
        return keys.all(caller)
                .map(all ->
                        Page.of(
                                all,
                                key -> ListKey.text(key.created(), key.clientKey()),
                                window,
                                Addresses.of(request.getURI())));
    }

    @Operation(
            operationId = "createApiKey",
            summary = "Create an API key; only this answer has its secret")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    @PostMapping
    Mono<ResponseEntity<Created>> create(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey,
            @RequestBody(required = false) byte @Nullable [] json) {
        var request = IdempotentRequest.of(caller, idempotencyKey, "POST /v1/api-keys/", json);
        var issued =
                Mono.defer(() -> keys.issue(caller, json, key -> issued(key).keptFor(request)));
        return idempotency
                .once(request, Created.class, issued.map(ApiKeyController::issued))
                .flatMap(given ->
                        (given.repeated() ? noteReveal(caller, given) : Mono.<Void>empty())
                                .thenReturn(
                                        IdempotencyConfiguration.response(given)
                                                .header("Cache-Control", "no-store")
                                                .body(given.body())));
    }

    @Operation(operationId = "deleteApiKey", summary = "Delete an API key")
    @DeleteMapping("/{clientKey}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@AuthenticationPrincipal Caller caller, @PathVariable String clientKey) {
        return keys.delete(caller, clientKey);
    }

    private static Answer<Created> issued(ApiKeyEditor.Issued issued) {
        return first(HttpStatus.CREATED.value(), null, Created.of(issued));
    }

    private Mono<Void> noteReveal(Caller caller, Answer<Created> given) {
        var resource = ApiKeyRepository.resource(given.body().clientKey());
        return audit.add(caller, 0, List.of(AuditEntry.of("api_key.revealed", resource)));
    }
}
