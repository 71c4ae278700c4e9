package com.avoma.webhooks.config.change;

import com.avoma.webhooks.config.change.ChangeRepository.Publish;
import com.avoma.webhooks.config.publication.BrokerClient;
import com.avoma.webhooks.config.publication.PublicationProperties;
import com.avoma.webhooks.config.publication.SnapshotPublisher;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// Changes an organization's setup so that it holds everywhere once the answer is there: in one
/// transaction the setup and its snapshot in the outbox ([ChangeRepository#apply]), then
/// [SnapshotPublisher], then the answer.
///
/// Changes of one organization go one after the other, each published before the next begins. So a
/// change that cannot be published is always the latest and can be taken back.
public final class SetupEditor {
    private static final Logger log = LoggerFactory.getLogger(SetupEditor.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ChangeRepository changes;
    private final BrokerClient broker;
    private final SnapshotPublisher publisher;
    private final Duration patience;

    public SetupEditor(
            ChangeRepository changes,
            BrokerClient broker,
            SnapshotPublisher publisher,
            PublicationProperties properties) {
        this.changes = changes;
        this.broker = broker;
        this.publisher = publisher;
        this.patience = properties.patience();
    }

    /// Applies a change and answers when it is on Kafka. The change may run more than once and must
    /// have no effect but its result; what it throws leaves everything as it was.
    ///
    /// Fails with 503 where it cannot be published in time, and takes the change back. Where
    /// PostgreSQL is away by then, [ExpiredChanges] does so later: no instance publishes it any
    /// more.
    public <T> Mono<T> edit(UUID organization, Function<OrganizationSetup, Edited<T>> change) {
        return edit(organization, change, Publish.WHAT_CHANGED);
    }

    /// Publishes the setup as it is, as a new revision: consumers take it whether they have the one
    /// before it or not. Answers and fails as [#edit] does.
    public Mono<Void> republish(UUID organization) {
        return edit(organization, setup -> new Edited<>(setup, setup), Publish.ANYWAY).then();
    }

    private <T> Mono<T> edit(
            UUID organization, Function<OrganizationSetup, Edited<T>> change, Publish publish) {
        return Mono.defer(() -> {
            var deadline = Deadline.in(patience);
            return broker.answers()
                    .onErrorMap(e -> notMade("Kafka does not answer", e))
                    .then(attempt(organization, change, publish, deadline));
        });
    }

    private <T> Mono<T> attempt(
            UUID organization,
            Function<OrganizationSetup, Edited<T>> edit,
            Publish publish,
            Deadline deadline) {
        return Mono.defer(() -> {
            var change =
                    new ChangeRepository.Change<>(
                            UUID.randomUUID(), organization, edit, publish, deadline);
            return changes.apply(change)
                    .flatMap(applied ->
                            switch (applied) {
                                case Applied.Unchanged<T>(var answer) -> Mono.just(answer);
                                case Applied.Changed<T>(var answer, var revision) ->
                                        made(organization, revision, deadline).thenReturn(answer);
                                case Applied.Unclear<T>(var answer, var revision, var uuid) ->
                                        settled(organization, revision, uuid, deadline)
                                                .then(made(organization, revision, deadline))
                                                .thenReturn(answer);
                                case Applied.Blocked<T>(var revision) ->
                                        fate(organization, revision, deadline)
                                                .onErrorMap(
                                                        TimeoutException.class,
                                                        e ->
                                                                notMade(
                                                                        "the change before it waits",
                                                                        e))
                                                .then(
                                                        attempt(
                                                                organization,
                                                                edit,
                                                                publish,
                                                                deadline));
                            });
        });
    }

    /// Completes once the change is on Kafka, and fails where it is not made.
    private Mono<Void> made(UUID organization, long revision, Deadline deadline) {
        return fate(organization, revision, deadline)
                .onErrorResume(late ->
                        changes.takeBack(organization, revision)
                                .onErrorMap(e -> notMade("PostgreSQL does not answer", e)))
                .flatMap(fate ->
                        switch (fate) {
                            case PUBLISHED -> Mono.empty();
                            case WAITING, NOT_MADE, UNKNOWN ->
                                    Mono.error(notMade("it was not published in time", fate));
                        });
    }

    /// Completes where a change whose commit was not answered is committed.
    private Mono<Void> settled(UUID organization, long revision, UUID change, Deadline deadline) {
        return changes.fate(organization, revision, change)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, POLL))
                .timeout(deadline.left())
                .onErrorReturn(Fate.UNKNOWN)
                .flatMap(fate ->
                        switch (fate) {
                            case WAITING, PUBLISHED -> Mono.empty();
                            case NOT_MADE ->
                                    Mono.error(notMade("PostgreSQL did not take it", fate));
                            case UNKNOWN -> Mono.error(unknown(organization, revision));
                        });
    }

    /// What becomes of a revision, as soon as it is published, by this instance's publisher or
    /// another's, or taken back. Fails where neither is so in time.
    private Mono<Fate> fate(UUID organization, long revision, Deadline deadline) {
        var here =
                Mono.fromFuture(() -> publisher.published(organization, revision), true)
                        .thenReturn(Fate.PUBLISHED);
        var anywhere =
                Mono.defer(() -> changes.fate(organization, revision))
                        .onErrorResume(this::nobodyKnowsYet)
                        .delaySubscription(POLL)
                        .repeat()
                        .filter(fate -> fate != Fate.WAITING)
                        .next();
        publisher.nudge();
        return Mono.firstWithSignal(here, anywhere).timeout(deadline.left());
    }

    /// PostgreSQL may be back before the deadline, and the change published by then: to give up
    /// earlier would be to refuse what is made after all.
    private Mono<Fate> nobodyKnowsYet(Throwable fault) {
        log.debug("change.fate is asked for again", fault);
        return Mono.just(Fate.WAITING);
    }

    private RefusedException notMade(String what, Object cause) {
        log.warn("change.refused reason=\"{}\" fault={}", what, String.valueOf(cause));
        return RefusedException.unavailable(
                "The change was not made: " + what + ". Try again later.");
    }

    private RefusedException unknown(UUID organization, long revision) {
        log.warn("change.unclear organization={} revision={}", organization, revision);
        return RefusedException.unavailable(
                "It is not known whether the change was made: the database went away while it was"
                        + " being saved. See what there is before you repeat it.");
    }
}
