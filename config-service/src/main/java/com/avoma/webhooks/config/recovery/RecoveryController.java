package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.recovery.Recovery.Status;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
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

/// `/v1/webhooks/{uuid}/recoveries/`. What is asked for is written down, and [RecoveryWorker] goes
/// to work on it.
@RestController
@RequestMapping("/v1/webhooks/{uuid}/recoveries")
class RecoveryController {
    private final RecoveryRepository recoveries;
    private final WebhookRepository webhooks;
    private final Trail trail;
    private final Idempotency idempotency;
    private final RecoveryWorker worker;
    private final Clock clock;

    /// What a change leaves behind in its own transaction.
    @Component("recoveryTrail")
    record Trail(
            TransactionalOperator transaction,
            AuditRepository audit,
            IdempotencyRepository answers) {}

    RecoveryController(
            RecoveryRepository recoveries,
            WebhookRepository webhooks,
            Trail trail,
            Idempotency idempotency,
            RecoveryWorker worker,
            Clock clock) {
        this.recoveries = recoveries;
        this.webhooks = webhooks;
        this.trail = trail;
        this.idempotency = idempotency;
        this.worker = worker;
        this.clock = clock;
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
        return idempotency
                .once(
                        once,
                        Recovery.class,
                        webhook(caller, id)
                                .flatMap(webhook -> {
                                    var recovery = asked(webhook, json);
                                    var answer =
                                            Answer.first(
                                                    HttpStatus.ACCEPTED.value(), null, recovery);
                                    return add(caller, id, answer, answer.keptFor(once))
                                            .thenReturn(answer);
                                }))
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
        return webhook(caller, id)
                .thenMany(recoveries.all(caller.organization(), id))
                .collectList()
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
        return recoveries
                .one(caller.organization(), uuid(uuid, "webhook"), uuid(id, "recovery"))
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("recovery")));
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
        var organization = caller.organization();
        var webhook = uuid(uuid, "webhook");
        return recoveries
                .one(organization, webhook, uuid(id, "recovery"))
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("recovery")))
                .flatMap(recovery -> {
                    var entry =
                            AuditEntry.of("recovery.canceled", resource(webhook, recovery.id()));
                    var change =
                            recoveries
                                    .cancel(organization, recovery.id())
                                    .flatMap(canceled ->
                                            canceled
                                                    ? trail.audit().add(caller, 0, List.of(entry))
                                                    : Mono.empty());
                    return trail.transaction().transactional(change);
                });
    }

    private Recovery asked(Webhook webhook, byte @Nullable [] json) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var request = RecoveryRequest.read(json, now);
        if (!webhook.active() && !request.dryRun()) {
            throw RefusedException.invalid(
                    "The webhook is inactive, and an inactive webhook is sent nothing. Activate it"
                            + " first; nothing that failed is lost until then.");
        }
        return new Recovery(
                UUID.randomUUID(),
                request.since(),
                request.until(),
                request.only(),
                request.dryRun(),
                Status.RUNNING,
                0,
                0,
                0,
                now);
    }

    private Mono<Void> add(
            Caller caller, UUID webhook, Answer<Recovery> answer, Answer.@Nullable Keep keep) {
        var recovery = answer.body();
        var entry =
                new AuditEntry(
                        "recovery.created", resource(webhook, recovery.id()), changes(recovery));
        var change =
                recoveries
                        .add(caller.organization(), webhook, recovery)
                        .flatMap(added ->
                                added
                                        ? Mono.<Void>empty()
                                        : Mono.error(
                                                RefusedException.invalid(
                                                        "A recovery of this webhook is running."
                                                                + " Wait for it, or cancel it.")))
                        .then(trail.audit().add(caller, 0, List.of(entry)))
                        .then(trail.answers().keep(keep, 0));
        return trail.transaction().transactional(change).doOnSuccess(_ -> worker.nudge());
    }

    private Mono<Webhook> webhook(Caller caller, UUID uuid) {
        return webhooks.one(caller.organization(), uuid)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("webhook")));
    }

    private static Map<String, AuditEntry.Change> changes(Recovery recovery) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("since", recovery.since().toString());
        after.put("until", recovery.until().toString());
        after.put("only", recovery.only().wireName());
        after.put("dry_run", recovery.dryRun());
        return AuditEntry.changes(Map.of(), after);
    }

    private static String resource(UUID webhook, UUID recovery) {
        return "webhooks/" + webhook + "/recoveries/" + recovery;
    }

    private static UUID uuid(String text, String what) {
        return JsonBody.uuid(text).orElseThrow(() -> RefusedException.notFound(what));
    }
}
