package com.avoma.webhooks.config.secret;

import static com.avoma.webhooks.config.idempotency.Answer.first;

import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.notification.Notice;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.SigningSecretRepository;
import com.avoma.webhooks.config.setup.Trace;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/webhooks/signing-secret/`.
@RestController
@RequestMapping("/v1/webhooks/signing-secret")
class SigningSecretController {
    private static final String RESOURCE = "webhooks/signing-secret";
    private static final String ROTATED = "signing_secret.rotated";

    private final SigningSecretRepository stored;
    private final SetupEditor setups;
    private final SigningSecrets secrets;
    private final Idempotency idempotency;
    private final AuditRepository audit;
    private final Clock clock;

    SigningSecretController(
            SigningSecretRepository stored,
            SetupEditor setups,
            SigningSecrets secrets,
            Idempotency idempotency,
            AuditRepository audit,
            Clock clock) {
        this.stored = stored;
        this.setups = setups;
        this.secrets = secrets;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param signingSecret in plain text; `""`: none
    @Schema(name = "SigningSecret")
    record Answer(String signingSecret) {
        /// Without the secret.
        @Override
        public String toString() {
            return "Answer[signingSecret=***]";
        }
    }

    @Operation(
            operationId = "revealSigningSecret",
            summary = "Reveal the signing secret; \"\" where there is none")
    @GetMapping
    Mono<ResponseEntity<Answer>> reveal(@AuthenticationPrincipal Caller caller) {
        return stored.all(caller.organization())
                .collectList()
                .map(all -> secrets.reveal(caller.organization(), all))
                .flatMap(secret ->
                        (secret.isEmpty() ? Mono.<Void>empty() : noteReveal(caller))
                                .thenReturn(response(secret)));
    }

    @Operation(
            operationId = "setSigningSecret",
            summary = "Set a signing secret of your own; \"\" for none")
    @PatchMapping
    Mono<ResponseEntity<Answer>> set(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "If-Match", required = false) @Nullable List<String> ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        var secret = SigningSecrets.custom(body);
        match(ifMatch);
        return replace(secret, Duration.ZERO, Trace.of(caller)).thenReturn(response(secret));
    }

    @Operation(
            operationId = "deleteSigningSecret",
            summary = "Delete the signing secret; nothing is signed any more")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "If-Match", required = false) @Nullable List<String> ifMatch) {
        match(ifMatch);
        return replace("", Duration.ZERO, Trace.of(caller)).then();
    }

    @Operation(operationId = "rotateSigningSecret", summary = "Make a new random signing secret")
    @PostMapping("/rotate")
    Mono<ResponseEntity<Answer>> rotate(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey,
            @RequestBody(required = false) byte @Nullable [] body) {
        var request =
                IdempotentRequest.of(
                        caller, idempotencyKey, "POST /v1/webhooks/signing-secret/rotate/", body);
        var overlap = SigningSecrets.overlap(body);
        var answer = first(HttpStatus.OK.value(), null, new Answer(secrets.generate()));
        var trace = new Trace(caller, ROTATED, answer.keptFor(request), List.of());
        return idempotency
                .once(
                        request,
                        Answer.class,
                        replace(answer.body().signingSecret(), overlap, trace).thenReturn(answer))
                .flatMap(given ->
                        (given.repeated() ? noteReveal(caller) : Mono.<Void>empty())
                                .thenReturn(
                                        IdempotencyConfiguration.response(given)
                                                .header("Cache-Control", "no-store")
                                                .body(given.body())));
    }

    /// The secret has no ETag, for that would tell of it wherever headers are logged. So none can
    /// match.
    private static void match(@Nullable List<String> ifMatch) {
        if (ifMatch != null && !ifMatch.contains("*")) {
            throw RefusedException.stale();
        }
    }

    private Mono<OrganizationSetup> replace(String secret, Duration overlap, Trace trace) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return setups.edit(
                trace.by().organization(),
                setup -> {
                    var next = secrets.replace(setup, secret, overlap, now);
                    var notice = notice(trace, next);
                    return new Edited<>(next, next).traced(trace.telling(List.of(notice)));
                });
    }

    private static Notice notice(Trace trace, OrganizationSetup after) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("changed_by", trace.by().actor());
        after.signingSecrets()
                .forEach(secret -> {
                    if (secret.until() != null) {
                        data.put("overlap_until", secret.until());
                    }
                });
        var type =
                after.signingSecrets().isEmpty()
                        ? Notice.Type.SECRET_DELETED
                        : ROTATED.equals(trace.secretAction())
                                ? Notice.Type.SECRET_ROTATED
                                : Notice.Type.SECRET_SET;
        return new Notice(after.organization(), type, RESOURCE, data);
    }

    private Mono<Void> noteReveal(Caller caller) {
        return audit.add(caller, 0, List.of(AuditEntry.of("signing_secret.revealed", RESOURCE)));
    }

    private static ResponseEntity<Answer> response(String secret) {
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(new Answer(secret));
    }
}
