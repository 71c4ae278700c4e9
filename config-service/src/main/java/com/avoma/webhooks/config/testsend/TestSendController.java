package com.avoma.webhooks.config.testsend;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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

/// `/v1/webhooks/{uuid}/test/`: makes the job ([TestJob]) and answers with its attempt
/// ([TestSender]). That there was one is in the audit log before it is sent.
@RestController
class TestSendController {
    private final Stored stored;
    private final Trail trail;
    private final Idempotency idempotency;
    private final TestSender sender;
    private final Clock clock;

    /// What is looked at.
    @Component("testSendStored")
    record Stored(WebhookRepository webhooks, OrganizationRepository organizations) {}

    /// What a test send leaves behind.
    @Component("testSendTrail")
    record Trail(AuditRepository audit, IdempotencyRepository answers) {}

    TestSendController(
            Stored stored, Trail trail, Idempotency idempotency, TestSender sender, Clock clock) {
        this.stored = stored;
        this.trail = trail;
        this.idempotency = idempotency;
        this.sender = sender;
        this.clock = clock;
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
        JsonBody.parse(json, Set.of(), Set.of()).orRefuse();
        return idempotency
                .once(once, AttemptAnswer.class, send(caller, id, once))
                .map(answer -> IdempotencyConfiguration.response(answer).body(answer.body()));
    }

    private Mono<Answer<AttemptAnswer>> send(
            Caller caller, UUID uuid, @Nullable IdempotentRequest once) {
        var organization = caller.organization();
        return stored.webhooks()
                .one(organization, uuid)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("webhook")))
                .flatMap(webhook ->
                        stored.organizations()
                                .published(organization)
                                .flatMap(revision -> send(caller, webhook, revision)))
                .map(attempt ->
                        Answer.first(HttpStatus.OK.value(), null, AttemptAnswer.of(attempt)))
                .flatMap(
                        answer -> trail.answers().keep(answer.keptFor(once), 0).thenReturn(answer));
    }

    private Mono<AttemptRecord> send(Caller caller, Webhook webhook, long revision) {
        var job =
                TestJob.of(
                        caller.organization(),
                        webhook,
                        UUID.randomUUID(),
                        revision,
                        clock.instant());
        var entry = AuditEntry.of("webhook.tested", "webhooks/" + webhook.uuid());
        return trail.audit()
                .add(caller, 0, List.of(entry))
                .then(sender.send(job))
                .map(TestSendController::made);
    }

    /// An attempt that was made, and not the end of a delivery without one.
    private static AttemptRecord made(AttemptRecord attempt) {
        if (attempt.outcome() != null) {
            return attempt;
        }
        if (attempt.verdict() == Verdict.CANCELED) {
            throw RefusedException.notFound("webhook");
        }
        throw RefusedException.unavailable(
                "delivery-service did not make the test: " + attempt.detail());
    }
}
