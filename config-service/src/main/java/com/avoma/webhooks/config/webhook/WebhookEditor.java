package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.setup.Trace;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.Window;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// What callers do with webhooks, by the API and in the console. Reads what they ask for
/// ([WebhookReader]), turns it into a change ([WebhookBook]) and hands that to [SetupEditor], which
/// answers when it holds everywhere. Whatever breaks a rule is refused with [RefusedException].
public final class WebhookEditor {
    private static final int MOST_ERRORS = 100;

    private final Stored stored;
    private final SetupEditor setups;
    private final WebhookReader reader;
    private final WebhookBook book;
    private final Clock clock;

    /// What is only looked at.
    record Stored(WebhookRepository webhooks, DirectoryRepository directory) {}

    /// A webhook as callers see it.
    ///
    /// @param missing the teams that the directory does not have any more
    public record Seen(Webhook webhook, Set<UUID> missing) {}

    WebhookEditor(
            Stored stored,
            SetupEditor setups,
            WebhookReader reader,
            WebhookBook book,
            Clock clock) {
        this.stored = stored;
        this.setups = setups;
        this.reader = reader;
        this.book = book;
        this.clock = clock;
    }

    /// All of the organization's, in no order.
    public Mono<List<Seen>> all(Caller caller) {
        return stored.webhooks()
                .all(caller.organization())
                .collectList()
                .flatMap(all -> seen(caller, all));
    }

    /// One part of a list that callers page through.
    ///
    /// @param webhooks in the direction of the window, one more than its limit where there is one
    record Part(Page.Extent extent, List<Seen> webhooks) {}

    Mono<Part> part(Caller caller, Window window) {
        var part = stored.webhooks().part(caller.organization(), window).collectList();
        return Mono.zip(stored.webhooks().extent(caller.organization(), window), part)
                .flatMap(
                        both -> seen(caller, both.getT2()).map(all -> new Part(both.getT1(), all)));
    }

    public Mono<Seen> one(Caller caller, UUID uuid) {
        return stored.webhooks()
                .one(caller.organization(), uuid)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("webhook")))
                .flatMap(webhook ->
                        missing(caller, webhook).map(missing -> new Seen(webhook, missing)));
    }

    /// Adds a webhook.
    ///
    /// @param json as the API takes it
    /// @param keep what to keep of the answer for when the request comes again; null: nothing
    public Mono<Webhook> create(
            Caller caller, byte @Nullable [] json, Function<Webhook, Answer.@Nullable Keep> keep) {
        var request = reader.created(json);
        var uuid = UUID.randomUUID();
        var now = now();
        var teams = request.teams() == null ? Set.<UUID>of() : request.teams();
        return teamsExist(caller, teams)
                .then(
                        setups.edit(
                                caller.organization(),
                                setup -> {
                                    var edited = book.create(setup, uuid, request, now);
                                    var kept = keep.apply(edited.answer());
                                    return edited.traced(Trace.of(caller, kept));
                                }));
    }

    /// Changes what the request mentions.
    ///
    /// @param json a merge patch, as the API takes it
    /// @param expected what the webhook has to be like; 412 where it is not
    public Mono<Seen> patch(
            Caller caller, UUID uuid, byte @Nullable [] json, Predicate<Webhook> expected) {
        var request = reader.patch(json);
        var now = now();
        // what is asked is asked before the edit: after it, nothing may fail any more
        return missingAfter(caller, uuid, request)
                .flatMap(missing ->
                        setups.edit(
                                        caller.organization(),
                                        setup ->
                                                book.patch(setup, uuid, request, expected, now)
                                                        .traced(Trace.of(caller)))
                                .map(webhook -> new Seen(webhook, missing)));
    }

    /// Deletes a webhook.
    ///
    /// @param expected what the webhook has to be like; 412 where it is not
    public Mono<Webhook> delete(Caller caller, UUID uuid, Predicate<Webhook> expected) {
        return setups.edit(
                caller.organization(),
                setup -> book.delete(setup, uuid, expected).traced(Trace.of(caller)));
    }

    private Mono<List<Seen>> seen(Caller caller, List<Webhook> webhooks) {
        return stored.directory()
                .missing(caller.organization(), teams(webhooks))
                .map(missing -> webhooks.stream().map(w -> new Seen(w, missing)).toList());
    }

    private Mono<Void> teamsExist(Caller caller, Set<UUID> teams) {
        return stored.directory()
                .missing(caller.organization(), teams)
                .flatMap(missing -> {
                    var errors =
                            missing.stream()
                                    .sorted()
                                    .limit(MOST_ERRORS)
                                    .map(t -> new FieldError("teams", "no team is " + t))
                                    .toList();
                    return errors.isEmpty()
                            ? Mono.empty()
                            : Mono.error(RefusedException.invalid(errors));
                });
    }

    /// The teams that a webhook has and the directory has not, once a patch is made.
    private Mono<Set<UUID>> missingAfter(Caller caller, UUID uuid, WebhookRequest request) {
        if (request.teams() != null) {
            return teamsExist(caller, request.teams()).thenReturn(Set.of());
        }
        return stored.webhooks()
                .one(caller.organization(), uuid)
                .flatMap(webhook -> missing(caller, webhook))
                .defaultIfEmpty(Set.of());
    }

    private Mono<Set<UUID>> missing(Caller caller, Webhook webhook) {
        return stored.directory().missing(caller.organization(), webhook.fields().teams());
    }

    private static Set<UUID> teams(List<Webhook> webhooks) {
        return webhooks.stream()
                .flatMap(webhook -> webhook.fields().teams().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// As PostgreSQL keeps it, so that the answer is what a later look shows.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
