package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository.TeamName;
import com.avoma.webhooks.config.secret.SigningSecretEditor;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.webhook.WebhookEditor;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The Webhooks tab. What goes on in its dialogs is [WebhookFormController]'s.
@Controller
class WebhookPageController {
    private final WebhookEditor webhooks;
    private final SigningSecretEditor secret;
    private final DirectoryRepository directory;

    WebhookPageController(
            WebhookEditor webhooks, SigningSecretEditor secret, DirectoryRepository directory) {
        this.webhooks = webhooks;
        this.secret = secret;
        this.directory = directory;
    }

    @GetMapping("/")
    Mono<Rendering> page(@AuthenticationPrincipal Caller caller) {
        return Mono.zip(
                        webhooks.all(caller),
                        secret.state(caller),
                        directory.teams(caller.organization()).collectList())
                .map(data -> {
                    Map<UUID, String> teams =
                            data.getT3().stream()
                                    .collect(Collectors.toMap(TeamName::uuid, TeamName::name));
                    var rows =
                            data.getT1().stream()
                                    .map(WebhookEditor.Seen::webhook)
                                    .sorted(Webhook.OLDEST_FIRST)
                                    .map(webhook -> WebhookRow.of(webhook, teams))
                                    .toList();
                    return Rendering.view("webhooks")
                            .modelAttribute("webhooks", rows)
                            .modelAttribute("secret", data.getT2())
                            .build();
                });
    }
}
