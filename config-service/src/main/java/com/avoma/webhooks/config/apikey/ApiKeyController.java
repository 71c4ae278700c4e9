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
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Names;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
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
    private static final String UNNAMED = "API key";

    private final ApiKeyRepository keys;
    private final Idempotency idempotency;
    private final AuditRepository audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiKeyController(
            ApiKeyRepository keys, Idempotency idempotency, AuditRepository audit, Clock clock) {
        this.keys = keys;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    /// The only answer that has the secret.
    @Schema(name = "NewApiKeyAnswer")
    record Created(
            String clientKey,
            String clientSecret,
            String name,
            Instant created,
            @Nullable Instant lastUsedAt) {
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
        return keys.all(caller.organization())
                .collectList()
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
        var body = JsonBody.parse(json, Set.of("name"), Set.of());
        var name = Names.read(body, "name", 100);
        body.orRefuse();
        var secret = KeySecret.random(random);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var key = new ApiKey(secret.clientKey(), name == null ? UNNAMED : name, now, null);
        var answer =
                first(
                        HttpStatus.CREATED.value(),
                        null,
                        new Created(
                                key.clientKey(), secret.secret(), key.name(), key.created(), null));
        return idempotency
                .once(
                        request,
                        Created.class,
                        keys.add(caller, key, secret, answer.keptFor(request)).thenReturn(answer))
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
        return keys.delete(caller, clientKey)
                .flatMap(deleted ->
                        deleted ? Mono.empty() : Mono.error(RefusedException.notFound("API key")));
    }

    private Mono<Void> noteReveal(Caller caller, Answer<Created> given) {
        var resource = ApiKeyRepository.resource(given.body().clientKey());
        return audit.add(caller, 0, List.of(AuditEntry.of("api_key.revealed", resource)));
    }
}
