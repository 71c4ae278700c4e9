package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.matchpreview.Candidate;
import com.avoma.webhooks.config.replay.Choice;
import com.avoma.webhooks.config.replay.Range;
import com.avoma.webhooks.config.replay.Replayable;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import reactor.core.publisher.Mono;

/// What of the things that were found is to be sent, by everything that is known now: the webhook,
/// its users' teams, and the delivery log.
final class Selection {
    private final WebhookRepository webhooks;
    private final OrganizationRepository organizations;
    private final DirectoryRepository directory;
    private final KnownDeliveryRepository deliveries;

    Selection(
            WebhookRepository webhooks,
            OrganizationRepository organizations,
            DirectoryRepository directory,
            KnownDeliveryRepository deliveries) {
        this.webhooks = webhooks;
        this.organizations = organizations;
        this.directory = directory;
        this.deliveries = deliveries;
    }

    /// The webhook as it is; empty where it was deleted.
    Mono<Webhook> webhook(Range range) {
        return webhooks.one(range.organization(), range.webhook());
    }

    /// The revision that jobs are judged under, or a later one.
    Mono<Long> revision(Range range) {
        return organizations.published(range.organization());
    }

    Mono<Choice.Chosen> of(Range range, Webhook webhook, List<Replayable> found) {
        var ids = found.stream().map(one -> one.job().messageId()).distinct().toList();
        var users = found.stream().map(Choice::userOf).filter(Objects::nonNull).distinct().toList();
        boolean scoped = !webhook.fields().teams().isEmpty();
        var teams = directory.teamsOf(range.organization(), scoped ? users : List.<UUID>of());
        return deliveries
                .of(range.organization(), ids)
                .flatMap(known ->
                        teams.map(memberships ->
                                new Choice(range.only(), Candidate.of(webhook), known, memberships)
                                        .of(found)));
    }

    /// The days of the range that the log has, the first and the last one in part.
    Mono<List<Range>> days(Range range) {
        return deliveries.first(range).map(range::days).defaultIfEmpty(List.of());
    }

    /// How many ended deliveries the log has of a day.
    Mono<Long> logged(Range day) {
        return deliveries.count(day);
    }
}
