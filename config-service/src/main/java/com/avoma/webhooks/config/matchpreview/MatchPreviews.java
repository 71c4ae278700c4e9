package com.avoma.webhooks.config.matchpreview;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.webhook.WebhookReader;
import com.avoma.webhooks.config.webhook.WebhookRequest;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Match previews, for the API and the console. They take the fields of a webhook under the rules
/// of any other request, and change nothing.
public final class MatchPreviews {
    private static final int EVENTS = 100;

    private final WebhookRepository webhooks;
    private final DirectoryRepository directory;
    private final PastEventRepository events;
    private final WebhookReader reader;

    MatchPreviews(
            WebhookRepository webhooks,
            DirectoryRepository directory,
            PastEventRepository events,
            WebhookReader reader) {
        this.webhooks = webhooks;
        this.directory = directory;
        this.events = events;
        this.reader = reader;
    }

    /// Of a webhook that is not there yet.
    ///
    /// @param body the API's request
    public Mono<MatchPreview> ofNew(Caller caller, byte @Nullable [] body) {
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

    /// Of a webhook as it is, or edited.
    ///
    /// @param body the API's request
    public Mono<MatchPreview> ofEdited(Caller caller, UUID uuid, byte @Nullable [] body) {
        var organization = caller.organization();
        return webhooks.one(organization, uuid)
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
                .doOnNext(MatchPreviews::refuse)
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
