package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.setup.Trace;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Component;
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

/// `/v1/webhooks/`. Reads a request ([WebhookReader]), turns it into a change ([WebhookBook]) and
/// hands that to [SetupEditor], which answers when it holds everywhere.
@RestController
@RequestMapping("/v1/webhooks")
class WebhookController {
    private final Stored stored;
    private final SetupEditor setups;
    private final Idempotency idempotency;
    private final WebhookReader reader;
    private final WebhookBook book;
    private final Clock clock;

    /// What is only looked at.
    @Component
    record Stored(WebhookRepository webhooks, DirectoryRepository directory) {}

    WebhookController(
            Stored stored,
            SetupEditor setups,
            Idempotency idempotency,
            WebhookReader reader,
            WebhookBook book,
            Clock clock) {
        this.stored = stored;
        this.setups = setups;
        this.idempotency = idempotency;
        this.reader = reader;
        this.book = book;
        this.clock = clock;
    }

    @Operation(operationId = "listWebhooks", summary = "List the webhooks, oldest first")
    @GetMapping
    Mono<Page<WebhookAnswer>> list(
            @AuthenticationPrincipal Caller caller, ServerHttpRequest request) {
        var window = Window.of(request.getQueryParams());
        var address = Addresses.of(request.getURI());
        var part = stored.webhooks().part(caller.organization(), window).collectList();
        return Mono.zip(stored.webhooks().extent(caller.organization(), window), part)
                .map(both ->
                        Page.cut(
                                both.getT1(),
                                both.getT2(),
                                webhook -> new ListKey(webhook.created(), webhook.uuid()).text(),
                                window,
                                address))
                .flatMap(page ->
                        stored.directory()
                                .missing(caller.organization(), teams(page.results()))
                                .map(missing -> page.map(w -> WebhookAnswer.of(w, missing))));
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
        var request = reader.created(body);
        var uuid = UUID.randomUUID();
        var now = now();
        var change =
                setups.edit(
                        caller.organization(),
                        setup -> {
                            var edited = book.create(setup, uuid, request, now);
                            var kept = created(edited.answer()).keptFor(once);
                            return edited.traced(Trace.of(caller, kept));
                        });
        return idempotency
                .once(
                        once,
                        WebhookAnswer.class,
                        teamsExist(caller, teams(request))
                                .then(change)
                                .map(WebhookController::created))
                .map(answer -> IdempotencyConfiguration.response(answer).body(answer.body()));
    }

    @Operation(operationId = "getWebhook", summary = "Show a webhook")
    @GetMapping("/{uuid}")
    Mono<ResponseEntity<WebhookAnswer>> get(
            @AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return stored.webhooks()
                .one(caller.organization(), uuid(uuid))
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("webhook")))
                .flatMap(webhook ->
                        missing(caller, webhook).map(missing -> answer(webhook, missing)));
    }

    @Operation(operationId = "updateWebhook", summary = "Change what a merge patch names")
    @PatchMapping("/{uuid}")
    Mono<ResponseEntity<WebhookAnswer>> patch(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @RequestHeader(name = "If-Match", required = false) @Nullable List<String> ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        var id = uuid(uuid);
        var request = reader.patch(body);
        var now = now();
        // what is asked is asked before the edit: after it, nothing may fail any more
        return missingAfter(caller, id, request)
                .flatMap(missing ->
                        setups.edit(
                                        caller.organization(),
                                        setup ->
                                                book.patch(
                                                                setup,
                                                                id,
                                                                request,
                                                                expected(ifMatch),
                                                                now)
                                                        .traced(Trace.of(caller)))
                                .map(webhook -> answer(webhook, missing)));
    }

    @Operation(operationId = "deleteWebhook", summary = "Delete a webhook")
    @DeleteMapping("/{uuid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @RequestHeader(name = "If-Match", required = false) @Nullable List<String> ifMatch) {
        var id = uuid(uuid);
        return setups.edit(
                        caller.organization(),
                        setup -> book.delete(setup, id, expected(ifMatch)).traced(Trace.of(caller)))
                .then();
    }

    private Mono<Void> teamsExist(Caller caller, Set<UUID> teams) {
        return stored.directory()
                .missing(caller.organization(), teams)
                .flatMap(missing -> {
                    var errors =
                            missing.stream()
                                    .sorted()
                                    .map(t -> new FieldError("teams", "no team is " + t))
                                    .toList();
                    return errors.isEmpty()
                            ? Mono.empty()
                            : Mono.error(RefusedException.invalid(errors));
                });
    }

    /// The teams that a webhook has and the directory has not, once a patch is made.
    private Mono<Set<UUID>> missingAfter(Caller caller, UUID uuid, WebhookRequest request) {
        if (request.teams() != null) {
            return teamsExist(caller, request.teams()).thenReturn(Set.of());
        }
        return stored.webhooks()
                .one(caller.organization(), uuid)
                .flatMap(webhook -> missing(caller, webhook))
                .defaultIfEmpty(Set.of());
    }

    private Mono<Set<UUID>> missing(Caller caller, Webhook webhook) {
        return stored.directory().missing(caller.organization(), webhook.fields().teams());
    }

    private static Set<UUID> teams(WebhookRequest request) {
        return request.teams() == null ? Set.of() : request.teams();
    }

    private static Set<UUID> teams(List<Webhook> webhooks) {
        return webhooks.stream()
                .flatMap(webhook -> webhook.fields().teams().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// As PostgreSQL keeps it, so that the answer is what a later GET shows.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
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

    private static ResponseEntity<WebhookAnswer> answer(Webhook webhook, Set<UUID> missing) {
        return ResponseEntity.ok().eTag(etag(webhook)).body(WebhookAnswer.of(webhook, missing));
    }

    private static String etag(Webhook webhook) {
        return '"' + Long.toString(webhook.version()) + '"';
    }
}
