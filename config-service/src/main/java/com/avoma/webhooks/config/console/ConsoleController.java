package com.avoma.webhooks.config.console;

import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository.TeamName;
import com.avoma.webhooks.config.setup.SigningSecretRepository;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.reactive.result.view.CsrfRequestDataValueProcessor;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The pages: sign in, and the organization's webhooks.
@Controller
class ConsoleController {
    private final WebhookRepository webhooks;
    private final SigningSecretRepository secrets;
    private final DirectoryRepository directory;

    ConsoleController(
            WebhookRepository webhooks,
            SigningSecretRepository secrets,
            DirectoryRepository directory) {
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.directory = directory;
    }

    @GetMapping("/login")
    Rendering login(ServerHttpRequest request) {
        var query = request.getQueryParams();
        return Rendering.view("login")
                .modelAttribute("failed", query.containsKey("error"))
                .modelAttribute("signedOut", query.containsKey("logout"))
                .build();
    }

    @GetMapping("/")
    Mono<Rendering> webhooks(@AuthenticationPrincipal Caller caller) {
        var organization = caller.organization();
        return Mono.zip(
                        webhooks.all(organization).sort(Webhook.OLDEST_FIRST).collectList(),
                        secrets.all(organization).hasElements(),
                        directory.teams(organization).collectList())
                .map(data -> {
                    Map<UUID, String> teams =
                            data.getT3().stream()
                                    .collect(Collectors.toMap(TeamName::uuid, TeamName::name));
                    return Rendering.view("webhooks")
                            .modelAttribute(
                                    "webhooks",
                                    data.getT1().stream()
                                            .map(webhook -> WebhookRow.of(webhook, teams))
                                            .toList())
                            .modelAttribute("signed", data.getT2())
                            .build();
                });
    }

    /// Makes the forms' hidden field: the token is there only for those who ask.
    @ModelAttribute
    Mono<Void> csrf(ServerWebExchange exchange) {
        Mono<CsrfToken> token =
                exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return token.doOnNext(value ->
                        exchange.getAttributes()
                                .put(CsrfRequestDataValueProcessor.DEFAULT_CSRF_ATTR_NAME, value))
                .then();
    }
}
