package com.avoma.webhooks.config.matchpreview;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.webhook.WebhookReader;
import com.avoma.webhooks.config.webhook.WebhookRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/webhooks/match-preview/` for a new webhook, `/v1/webhooks/{uuid}/match-preview/` for an
/// edited one. Takes the fields of a webhook under the rules of any other request, and changes
/// nothing.
@RestController
@RequestMapping("/v1/webhooks")
class MatchPreviewController {
    private static final int EVENTS = 100;

    private final WebhookRepository webhooks;
    private final DirectoryRepository directory;
    private final PastEventRepository events;
    private final WebhookReader reader;

    MatchPreviewController(
            WebhookRepository webhooks,
            DirectoryRepository directory,
            PastEventRepository events,
            WebhookReader reader) {
        this.webhooks = webhooks;
        this.directory = directory;
        this.events = events;
        this.reader = reader;
    }

    @Operation(
            operationId = "previewNewWebhook",
            summary = "Show which of the latest 100 events a new webhook would get")
    @PostMapping("/match-preview")
    Mono<MatchPreview> ofNew(
            @AuthenticationPrincipal Caller caller,
            @RequestBody(required = false) byte @Nullable [] body) {
        var request = reader.patch(body);
        if (request.eventType() == null) {
            throw RefusedException.invalid("event_type", "is required");
        }
        var candidate =
                new Candidate(
                        request.eventType(),
                        !Boolean.FALSE.equals(request.active()),
                        request.teams() == null ? Set.of() : request.teams());
        return preview(caller.organization(), request, candidate);
    }

    @Operation(
            operationId = "previewWebhook",
            summary = "Show which of the latest 100 events a webhook would get, as it is or edited")
    @PostMapping("/{uuid}/match-preview")
    Mono<MatchPreview> ofEdited(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @RequestBody(required = false) byte @Nullable [] body) {
        var id = JsonBody.uuid(uuid).orElseThrow(() -> RefusedException.notFound("webhook"));
        var organization = caller.organization();
        return webhooks.one(organization, id)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("webhook")))
                .flatMap(webhook -> {
                    var request = reader.patch(body);
                    return preview(organization, request, edited(webhook, request));
                });
    }

    private static Candidate edited(Webhook webhook, WebhookRequest request) {
        var now = Candidate.of(webhook);
        return new Candidate(
                request.eventType() == null ? now.eventType() : request.eventType(),
                request.active() == null ? now.active() : request.active(),
                request.teams() == null ? now.teams() : request.teams());
    }

    private Mono<MatchPreview> preview(
            UUID organization, WebhookRequest request, Candidate candidate) {
        var teams = request.teams() == null ? Set.<UUID>of() : request.teams();
        return directory
                .missing(organization, teams)
                .doOnNext(MatchPreviewController::refuse)
                .then(directory.plan(organization).map(Plan::hasWebhooks).defaultIfEmpty(false))
                .flatMap(planHasWebhooks ->
                        events.latest(organization, EVENTS)
                                .collectList()
                                .map(latest ->
                                        MatchPreview.of(candidate, planHasWebhooks, latest)));
    }

    private static void refuse(Set<UUID> missing) {
        if (!missing.isEmpty()) {
            throw RefusedException.invalid(
                    missing.stream()
                            .sorted()
                            .map(team -> new FieldError("teams", "no team is " + team))
                            .toList());
        }
    }
}
