package com.avoma.webhooks.config.secret;

import static com.avoma.webhooks.config.idempotency.Answer.first;

import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotencyConfiguration;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
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

/// `/v1/webhooks/signing-secret/`: [SigningSecretEditor] in HTTP.
@RestController
@RequestMapping("/v1/webhooks/signing-secret")
class SigningSecretController {
    private final SigningSecretEditor secrets;
    private final Idempotency idempotency;

    SigningSecretController(SigningSecretEditor secrets, Idempotency idempotency) {
        this.secrets = secrets;
        this.idempotency = idempotency;
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
        return secrets.reveal(caller).map(SigningSecretController::response);
    }

    @Operation(
            operationId = "setSigningSecret",
            summary = "Set a signing secret of your own; \"\" for none")
    @PatchMapping
    Mono<ResponseEntity<Answer>> set(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "If-Match", required = false) @Nullable List<String> ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        var change = secrets.set(caller, body);
        match(ifMatch);
        return change.map(SigningSecretController::response);
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
        return secrets.delete(caller);
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
        var rotated =
                Mono.defer(() ->
                        secrets.rotate(caller, body, secret -> rotated(secret).keptFor(request)));
        return idempotency
                .once(request, Answer.class, rotated.map(SigningSecretController::rotated))
                .flatMap(given ->
                        (given.repeated() ? secrets.noteReveal(caller) : Mono.<Void>empty())
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

    private static com.avoma.webhooks.config.idempotency.Answer<Answer> rotated(String secret) {
        return first(HttpStatus.OK.value(), null, new Answer(secret));
    }

    private static ResponseEntity<Answer> response(String secret) {
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(new Answer(secret));
    }
}
