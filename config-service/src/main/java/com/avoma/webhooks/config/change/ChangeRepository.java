package com.avoma.webhooks.config.change;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.notification.NoticeRepository;
import com.avoma.webhooks.config.publication.OutboxRepository;
import com.avoma.webhooks.config.publication.OutboxRepository.Expired;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.SetupDifference;
import com.avoma.webhooks.config.setup.SetupRepository;
import com.avoma.webhooks.config.setup.Trace;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.WebConfiguration;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Changes of setups in PostgreSQL. Each writes the rows, the next revision and the snapshot of it
/// in one transaction that holds the organization's lock, and what is left of it ([Trace]).
@Component
public class ChangeRepository {
    private final Tables tables;
    private final OutboxRepository outbox;
    private final TransactionalOperator transaction;
    private final Clock clock;

    /// What a change is written to.
    @Component
    record Tables(
            OrganizationRepository organizations,
            SetupRepository setups,
            AuditRepository audit,
            IdempotencyRepository answers,
            NoticeRepository notices) {}

    ChangeRepository(
            Tables tables,
            OutboxRepository outbox,
            TransactionalOperator transaction,
            Clock clock) {
        this.tables = tables;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Whether a setup that came out the same is published again.
    enum Publish {
        WHAT_CHANGED,
        ANYWAY
    }

    /// A change on its way into the database.
    ///
    /// @param uuid by which it is found again where its commit is not answered
    /// @param deadline after which it is not to be published any more
    record Change<T>(
            UUID uuid,
            UUID organization,
            Function<OrganizationSetup, Edited<T>> edit,
            Publish publish,
            Deadline deadline) {}

    /// Applies a change, unless the one before it is not published yet. What the change throws
    /// rolls back.
    <T> Mono<Applied<T>> apply(Change<T> change) {
        var reached = new AtomicReference<Applied.@Nullable Changed<T>>();
        Mono<Applied<T>> applied =
                tables.organizations()
                        .lock(change.organization())
                        .flatMap(head ->
                                head.blocked()
                                        ? Mono.just(new Applied.Blocked<>(head.revision()))
                                        : edit(change, head.revision() + 1, reached));
        return transaction
                .transactional(applied)
                .onErrorResume(e -> {
                    var made = reached.get();
                    return made == null
                            ? Mono.error(WebConfiguration.isOutage(e) ? notMade() : e)
                            : Mono.just(
                                    new Applied.Unclear<>(
                                            made.answer(), made.revision(), change.uuid()));
                });
    }

    private static RefusedException notMade() {
        return RefusedException.unavailable(
                "The change was not made: PostgreSQL does not answer. Try again later.");
    }

    /// Puts back what the change of a revision replaced, as a newer revision, unless that revision
    /// is published by now.
    ///
    /// @return whether it is published or not made
    Mono<Fate> takeBack(UUID organization, long revision) {
        Mono<Fate> takenBack =
                tables.organizations()
                        .lock(organization)
                        .then(Mono.defer(() -> fate(organization, revision)))
                        .flatMap(fate ->
                                fate == Fate.WAITING
                                        ? restore(organization, revision).thenReturn(Fate.NOT_MADE)
                                        : Mono.just(fate));
        return transaction.transactional(takenBack);
    }

    /// What became of the change that made a revision.
    Mono<Fate> fate(UUID organization, long revision) {
        return tables.organizations().fate(organization, revision);
    }

    /// What became of a change whose commit was not answered. Takes the lock, and so waits for a
    /// commit that is still going on, an organization's first one included.
    Mono<Fate> fate(UUID organization, long revision, UUID change) {
        Mono<Fate> fate =
                tables.organizations()
                        .lock(organization)
                        .then(
                                Mono.defer(() ->
                                        tables.organizations()
                                                .fate(organization, revision, change)));
        return transaction.transactional(fate);
    }

    /// Changes that were not published by their deadline.
    Flux<Expired> expired() {
        return outbox.expired();
    }

    private <T> Mono<Applied<T>> edit(
            Change<T> change,
            long revision,
            AtomicReference<Applied.@Nullable Changed<T>> reached) {
        return tables.setups()
                .load(change.organization())
                .flatMap(before -> {
                    var edited = change.edit().apply(before);
                    if (change.publish() == Publish.WHAT_CHANGED && edited.setup().equals(before)) {
                        return Mono.just(new Applied.Unchanged<>(edited.answer()));
                    }
                    var changed = new Applied.Changed<>(edited.answer(), revision);
                    return save(
                                    new Revision(revision, change.uuid(), change.deadline()),
                                    before,
                                    edited.setup())
                            .then(leave(edited.trace(), revision, before, edited.setup()))
                            .then(
                                    Mono.fromSupplier(() -> {
                                        reached.set(changed);
                                        return changed;
                                    }));
                });
    }

    private Mono<Void> restore(UUID organization, long revision) {
        return Mono.zip(tables.setups().load(organization), outbox.takeBack(organization, revision))
                .flatMap(both -> {
                    var current = both.getT1();
                    var before = Json.read(both.getT2(), OrganizationSetup.class);
                    // nobody waits for this one, so it has all the time
                    var next = new Revision(revision + 1, UUID.randomUUID(), null);
                    return save(next, current, before)
                            .then(tables.organizations().tookBack(organization, revision));
                })
                .then(tables.audit().withdraw(organization, revision))
                .then(tables.answers().forget(organization, revision))
                .then(tables.notices().withdraw(organization, revision));
    }

    private Mono<Void> leave(
            @Nullable Trace trace,
            long revision,
            OrganizationSetup before,
            OrganizationSetup after) {
        if (trace == null) {
            return Mono.empty();
        }
        var entries = SetupDifference.between(before, after, trace.secretAction());
        return tables.audit()
                .add(trace.by(), revision, entries)
                .then(tables.answers().keep(trace.keep(), revision))
                .then(tables.notices().add(revision, trace.notices()));
    }

    /// @param deadline after which it is not to be published; null: there is none
    private record Revision(long number, UUID change, @Nullable Deadline deadline) {}

    private Mono<Void> save(Revision next, OrganizationSetup before, OrganizationSetup after) {
        long revision = next.number();
        var organization = after.organization();
        var snapshot = Json.write(after.snapshot(revision, clock.instant()));
        return tables.setups()
                .save(before, after)
                .then(tables.organizations().revise(organization, revision, next.change()))
                .then(
                        Mono.defer(() -> {
                            var deadline = next.deadline();
                            return outbox.add(
                                    organization,
                                    revision,
                                    snapshot,
                                    Json.write(before),
                                    deadline == null ? null : deadline.leftToPublish());
                        }));
    }
}
