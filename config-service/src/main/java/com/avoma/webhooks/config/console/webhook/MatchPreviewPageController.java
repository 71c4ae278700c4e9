package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.config.matchpreview.MatchPreview;
import com.avoma.webhooks.config.matchpreview.MatchPreviews;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What the webhook of a form would get, before it is saved: shown in the form, of its trigger
/// event and scope alone, so that it can be seen before the rest is filled in.
@Controller
class MatchPreviewPageController {
    private final MatchPreviews previews;

    MatchPreviewPageController(MatchPreviews previews) {
        this.previews = previews;
    }

    @PostMapping("/console/webhooks/preview")
    Mono<Rendering> ofNew(@AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(fields -> WebhookForm.of(null, fields))
                .flatMap(form ->
                        form.lacksTeams()
                                ? teamless()
                                : previews.ofNew(caller, form.scopeJson())
                                        .map(MatchPreviewPageController::page));
    }

    @PostMapping("/console/webhooks/{uuid}/preview")
    Mono<Rendering> ofEdited(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            ServerWebExchange exchange) {
        var id = JsonBody.uuid(uuid).orElseThrow(() -> RefusedException.notFound("webhook"));
        return exchange.getFormData()
                .map(fields -> WebhookForm.of(id, fields))
                .flatMap(form ->
                        form.lacksTeams()
                                ? teamless()
                                : previews.ofEdited(caller, id, form.scopeJson())
                                        .map(MatchPreviewPageController::page));
    }

    private static Rendering page(MatchPreview preview) {
        return Rendering.view("match-preview")
                .modelAttribute("preview", preview)
                .modelAttribute("rows", preview.decisions().stream().map(PreviewRow::of).toList())
                .modelAttribute("fault", "")
                .build();
    }

    private static Mono<Rendering> teamless() {
        return Mono.just(
                Rendering.view("match-preview")
                        .status(HttpStatus.UNPROCESSABLE_CONTENT)
                        .modelAttribute("fault", "Choose at least one team, or All members.")
                        .build());
    }
}
