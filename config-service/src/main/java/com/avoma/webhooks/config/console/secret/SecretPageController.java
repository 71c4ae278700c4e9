package com.avoma.webhooks.config.console.secret;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.console.Done;
import com.avoma.webhooks.config.console.PageConfiguration;
import com.avoma.webhooks.config.secret.SigningSecretEditor;
import com.avoma.webhooks.config.web.Caller;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The signing secret's part of the Webhooks tab: forms around [SigningSecretEditor]. The secret is
/// in no page until somebody asks to see it.
@Controller
@RequestMapping("/console/signing-secret")
class SecretPageController {
    private final SigningSecretEditor secrets;

    SecretPageController(SigningSecretEditor secrets) {
        this.secrets = secrets;
    }

    /// Asks before there is a new one.
    @GetMapping("/generate")
    Mono<Rendering> confirm(@AuthenticationPrincipal Caller caller) {
        return secrets.state(caller)
                .map(state ->
                        Rendering.view("secret-generate").modelAttribute("secret", state).build());
    }

    @PostMapping("/generate")
    Mono<Rendering> generate(@AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        return exchange.getFormData()
                .flatMap(form -> {
                    var overlap = form.getFirst("overlap");
                    var request = overlap == null ? null : Json.write(Map.of("overlap", overlap));
                    return secrets.rotate(caller, request, _ -> null);
                })
                .map(_ -> PageConfiguration.redirect(Done.SECRET_GENERATED.at("/")));
    }

    /// The secret in its field.
    @PostMapping("/reveal")
    Mono<Rendering> reveal(@AuthenticationPrincipal Caller caller) {
        return secrets.reveal(caller)
                .map(secret ->
                        Rendering.view("secret-value")
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .modelAttribute("revealed", secret)
                                .build());
    }

    /// The field as it was before.
    @GetMapping("/hide")
    Rendering hide() {
        return Rendering.view("secret-value").build();
    }
}
