package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.config.publication.BrokerClient;
import com.avoma.webhooks.config.publication.PublicationProperties;
import com.avoma.webhooks.config.publication.SnapshotPublisher;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// Changes an organization's setup so that it holds everywhere once the answer is there: in one
/// transaction the setup and its snapshot in the outbox ([SetupRepository#apply]), then
/// [SnapshotPublisher], then the answer.
///
/// Changes of one organization go one after the other, each published before the next begins. So a
/// change that cannot be published is always the latest and can be taken back.
public final class SetupEditor {
    private static final Logger log = LoggerFactory.getLogger(SetupEditor.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final SetupRepository setups;
    private final BrokerClient broker;
    private final SnapshotPublisher publisher;
    private final Duration patience;

    public SetupEditor(
            SetupRepository setups,
            BrokerClient broker,
            SnapshotPublisher publisher,
            PublicationProperties properties) {
        this.setups = setups;
        this.broker = broker;
        this.publisher = publisher;
        this.patience = properties.patience();
    }

    /// Applies a change and answers when it is on Kafka. The change may run more than once and must
    /// have no effect but its result; what it throws leaves everything as it was.
    ///
    /// Fails with 503 where it cannot be published in time, and takes the change back. Only where
    /// PostgreSQL goes away too, between commit and taking back, is it published after all.
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
            long deadline = System.nanoTime() + patience.toNanos();
            return broker.answers()
                    .onErrorMap(e -> away("Kafka does not answer", e))
                    .then(attempt(organization, change, publish, deadline));
        });
    }

    private <T> Mono<T> attempt(
            UUID organization,
            Function<OrganizationSetup, Edited<T>> change,
            Publish publish,
            long deadline) {
        return setups.apply(organization, change, publish)
                .flatMap(applied ->
                        switch (applied) {
                            case Applied.Unchanged<T>(var answer) -> Mono.just(answer);
                            case Applied.Changed<T>(var answer, var revision) ->
                                    published(organization, revision, deadline)
                                            .onErrorResume(e -> takeBack(organization, revision, e))
                                            .thenReturn(answer);
                            case Applied.Blocked<T>(var revision) ->
                                    published(organization, revision, deadline)
                                            .onErrorMap(
                                                    TimeoutException.class,
                                                    e -> away("the change before it waits", e))
                                            .then(
                                                    Mono.defer(() ->
                                                            attempt(
                                                                    organization,
                                                                    change,
                                                                    publish,
                                                                    deadline)));
                        });
    }

    /// Completes once the revision is on Kafka, by this instance's publisher or another's.
    private Mono<Void> published(UUID organization, long revision, long deadline) {
        var here = Mono.fromFuture(() -> publisher.published(organization, revision), true);
        var anywhere =
                Mono.defer(() -> setups.publishedRevision(organization))
                        .delaySubscription(POLL)
                        .repeat()
                        .filter(published -> published >= revision)
                        .next()
                        .then();
        publisher.nudge();
        return Mono.firstWithSignal(here, anywhere)
                .timeout(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }

    private Mono<Void> takeBack(UUID organization, long revision, Throwable cause) {
        return setups.takeBack(organization, revision)
                .flatMap(takenBack -> {
                    if (!takenBack) {
                        return Mono.empty();
                    }
                    log.warn(
                            "change.taken_back organization={} revision={}",
                            organization,
                            revision);
                    return Mono.error(away("it was not published in time", cause));
                });
    }

    private RefusedException away(String what, Throwable cause) {
        log.warn("change.refused reason=\"{}\" fault={}", what, cause.toString());
        return RefusedException.unavailable(
                "The change was not made: " + what + ". Try again later.");
    }
}
