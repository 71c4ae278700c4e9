package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository.TeamName;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.Window;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// What callers see of the delivery log, by the API and in the console.
public final class DeliveryReader {
    /// Microseconds and an id, as [ListKey#text] writes them.
    private static final Pattern BORDER = Pattern.compile("(0[0-9]{18}|-[0-9]{18}) (.+)");

    private final DeliveryPageRepository pages;
    private final DeliveryRepository deliveries;
    private final AttemptRepository attempts;
    private final BodyClient bodies;
    private final DecisionRepository decisions;
    private final DirectoryRepository directory;

    DeliveryReader(
            DeliveryPageRepository pages,
            DeliveryRepository deliveries,
            AttemptRepository attempts,
            BodyClient bodies,
            DecisionRepository decisions,
            DirectoryRepository directory) {
        this.pages = pages;
        this.deliveries = deliveries;
        this.attempts = attempts;
        this.bodies = bodies;
        this.decisions = decisions;
        this.directory = directory;
    }

    /// A part of those that the query asks for, newest event first.
    ///
    /// @param address of the list, for the addresses of its other parts
    public Mono<Page<DeliveryAnswer>> part(
            Caller caller, Map<String, List<String>> query, String address) {
        var window = Window.of(query, DeliveryFilter.NAMES);
        var filter = DeliveryFilter.of(query);
        var border = border(window.key());
        var organization = caller.organization();
        return pages.part(organization, filter, window.forward(), border, window.limit() + 1)
                .map(part ->
                        Page.cut(
                                part.count(),
                                part.deliveries(),
                                delivery -> ListKey.text(delivery.created(), delivery.messageId()),
                                window,
                                address + filter.query()))
                .flatMap(page ->
                        attempts.of(organization, page.results(), AttemptRepository.LISTED_EXCERPT)
                                .map(made ->
                                        page.map(delivery ->
                                                DeliveryAnswer.of(
                                                        delivery,
                                                        made.getOrDefault(
                                                                delivery.key(), List.of())))));
    }

    /// A delivery with every attempt and the body.
    public Mono<DeliveryDetail> one(Caller caller, String id) {
        return deliveries
                .one(caller.organization(), id)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("delivery")))
                .flatMap(delivery ->
                        Mono.zip(
                                progress(caller, delivery),
                                bodies.of(delivery),
                                DeliveryDetail::of));
    }

    /// A delivery with every attempt, without the body.
    public Mono<DeliveryAnswer> progress(Caller caller, String id) {
        return deliveries
                .one(caller.organization(), id)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("delivery")))
                .flatMap(delivery -> progress(caller, delivery));
    }

    private Mono<DeliveryAnswer> progress(Caller caller, LoggedDelivery delivery) {
        return attempts.of(caller.organization(), List.of(delivery), Integer.MAX_VALUE)
                .map(made ->
                        DeliveryAnswer.of(delivery, made.getOrDefault(delivery.key(), List.of())));
    }

    /// Why each webhook did or did not get an event.
    public Mono<EventAnswer> event(Caller caller, String eventId) {
        return decisions
                .latest(caller.organization(), eventId)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("event")))
                .zipWith(
                        directory
                                .teams(caller.organization())
                                .collectMap(TeamName::uuid, TeamName::name),
                        DeliveryReader::answer);
    }

    private static EventAnswer answer(RoutingDecision event, Map<UUID, String> teams) {
        return new EventAnswer(
                event.eventId(),
                event.eventSource(),
                event.eventType(),
                event.userUuid(),
                event.time(),
                event.decidedAt(),
                event.configRevision(),
                event.userTeams().stream().sorted().toList(),
                event.decisions().stream().map(one -> answer(event, one, teams)).toList());
    }

    private static EventAnswer.DecisionAnswer answer(
            RoutingDecision event, RoutingDecision.Decision one, Map<UUID, String> teams) {
        var words = ReasonText.of(event, one.reason(), teams);
        return new EventAnswer.DecisionAnswer(
                one.webhookUuid(),
                one.matched(),
                one.reason(),
                words,
                words + " " + ReasonText.decided(event),
                one.messageId());
    }

    /// What [ListKey#text] made of a delivery.
    private static LoggedDelivery.@Nullable Key border(@Nullable String key) {
        if (key == null) {
            return null;
        }
        var parts = BORDER.matcher(key);
        if (!parts.matches() || parts.group(2).indexOf('\0') >= 0) {
            throw Window.notGiven();
        }
        var at = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
        int year = at.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw Window.notGiven();
        }
        return new LoggedDelivery.Key(parts.group(2), at);
    }
}
