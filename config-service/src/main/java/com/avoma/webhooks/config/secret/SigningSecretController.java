package com.avoma.webhooks.config.secret;

import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.SetupEditor;
import com.avoma.webhooks.config.setup.SigningSecretRepository;
import com.avoma.webhooks.config.web.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/webhooks/signing-secret/`.
@RestController
@RequestMapping("/v1/webhooks/signing-secret")
class SigningSecretController {
    private final SigningSecretRepository stored;
    private final SetupEditor setups;
    private final SigningSecrets secrets;
    private final Clock clock;

    SigningSecretController(
            SigningSecretRepository stored,
            SetupEditor setups,
            SigningSecrets secrets,
            Clock clock) {
        this.stored = stored;
        this.setups = setups;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// @param signingSecret in plain text; `""`: none
    record Answer(String signingSecret) {
        /// Without the secret.
        @Override
        public String toString() {
            return "Answer[signingSecret=***]";
        }
    }

    @GetMapping
    Mono<ResponseEntity<Answer>> reveal(@AuthenticationPrincipal Caller caller) {
        return stored.all(caller.organization())
                .collectList()
                .map(all -> secret(secrets.reveal(caller.organization(), all)));
    }

    @PatchMapping
    Mono<ResponseEntity<Answer>> set(
            @AuthenticationPrincipal Caller caller,
            @RequestBody(required = false) byte @Nullable [] body) {
        return replace(caller, SigningSecrets.custom(body), Duration.ZERO);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@AuthenticationPrincipal Caller caller) {
        return replace(caller, "", Duration.ZERO).then();
    }

    @PostMapping("/rotate")
    Mono<ResponseEntity<Answer>> rotate(
            @AuthenticationPrincipal Caller caller,
            @RequestBody(required = false) byte @Nullable [] body) {
        return replace(caller, secrets.generate(), SigningSecrets.overlap(body));
    }

    private Mono<ResponseEntity<Answer>> replace(Caller caller, String secret, Duration overlap) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return setups.edit(
                caller.organization(),
                setup ->
                        new Edited<>(secrets.replace(setup, secret, overlap, now), secret(secret)));
    }

    private static ResponseEntity<Answer> secret(String text) {
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(new Answer(text));
    }
}
