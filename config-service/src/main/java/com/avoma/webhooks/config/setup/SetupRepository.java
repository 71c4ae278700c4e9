package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.publication.OutboxRepository;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Setups in PostgreSQL. Every change writes the rows, the next revision and the snapshot of it in
/// one transaction that holds the organization's lock, and what is left of it ([Trace]).
@Component
public class SetupRepository {
    private final Tables tables;
    private final OutboxRepository outbox;
    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Clock clock;

    /// The tables that a setup is made of.
    @Component
    record Tables(
            OrganizationRepository organizations,
            WebhookRepository webhooks,
            SigningSecretRepository secrets,
            AuditRepository audit,
            IdempotencyRepository answers) {}

    SetupRepository(
            Tables tables,
            OutboxRepository outbox,
            DatabaseClient database,
            TransactionalOperator transaction,
            Clock clock) {
        this.tables = tables;
        this.outbox = outbox;
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Applies a change, unless the one before it is not published yet. What the change throws
    /// rolls back.
    <T> Mono<Applied<T>> apply(UUID organization, Function<OrganizationSetup, Edited<T>> change) {
        Mono<Applied<T>> applied =
                tables.organizations()
                        .lock(organization)
                        .flatMap(head ->
                                head.blocked()
                                        ? Mono.just(new Applied.Blocked<>(head.revision()))
                                        : edit(organization, head.revision() + 1, change));
        return transaction.transactional(applied);
    }

    /// Puts back what the change of a revision replaced, as a newer revision, unless that revision
    /// is published by now.
    ///
    /// @return whether it was taken back; otherwise the change holds
    Mono<Boolean> takeBack(UUID organization, long revision) {
        Mono<Boolean> takenBack =
                tables.organizations()
                        .lock(organization)
                        .flatMap(head ->
                                head.published() >= revision
                                        ? Mono.just(false)
                                        : restore(organization, revision).thenReturn(true));
        return transaction.transactional(takenBack);
    }

    Mono<Long> publishedRevision(UUID organization) {
        return tables.organizations().publishedRevision(organization);
    }

    private <T> Mono<Applied<T>> edit(
            UUID organization, long revision, Function<OrganizationSetup, Edited<T>> change) {
        return load(organization)
                .flatMap(before -> {
                    var edited = change.apply(before);
                    if (edited.setup().equals(before)) {
                        return Mono.just(new Applied.Unchanged<>(edited.answer()));
                    }
                    return save(revision, before, edited.setup())
                            .then(leave(edited.trace(), revision, before, edited.setup()))
                            .thenReturn(new Applied.Changed<>(edited.answer(), revision));
                });
    }

    private Mono<Void> restore(UUID organization, long revision) {
        return Mono.zip(load(organization), outbox.takeBack(organization, revision))
                .flatMap(both -> {
                    var current = both.getT1();
                    var before = Json.read(both.getT2(), OrganizationSetup.class);
                    return save(revision + 1, current, before);
                })
                .then(tables.audit().withdraw(organization, revision))
                .then(tables.answers().forget(organization, revision));
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
                .then(tables.answers().keep(trace.keep(), revision));
    }

    private Mono<OrganizationSetup> load(UUID organization) {
        // one connection, so one after the other
        return plan(organization)
                .flatMap(plan ->
                        tables.secrets()
                                .all(organization)
                                .collectList()
                                .flatMap(secrets ->
                                        tables.webhooks()
                                                .all(organization)
                                                .collectList()
                                                .map(webhooks ->
                                                        new OrganizationSetup(
                                                                organization,
                                                                plan.orElse(null),
                                                                secrets,
                                                                webhooks))));
    }

    private Mono<Optional<Plan>> plan(UUID organization) {
        return database.sql(
                        """
                        select plan from directory_organizations
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .mapValue(String.class)
                .one()
                .map(plan -> Optional.of(Plan.valueOf(plan)))
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Void> save(long revision, OrganizationSetup before, OrganizationSetup after) {
        var organization = after.organization();
        var kept = new HashSet<UUID>();
        after.webhooks().forEach(webhook -> kept.add(webhook.uuid()));
        var unchanged = new HashSet<>(before.webhooks());
        var deletions =
                Flux.fromIterable(before.webhooks())
                        .filter(webhook -> !kept.contains(webhook.uuid()))
                        .concatMap(w -> tables.webhooks().delete(organization, w.uuid()));
        var changes =
                Flux.fromIterable(after.webhooks())
                        .filter(webhook -> !unchanged.contains(webhook))
                        .concatMap(webhook -> tables.webhooks().save(organization, webhook));
        Mono<Void> secrets =
                after.signingSecrets().equals(before.signingSecrets())
                        ? Mono.empty()
                        : tables.secrets().replace(organization, after.signingSecrets());
        var snapshot = Json.write(after.snapshot(revision, clock.instant()));
        return deletions
                .thenMany(changes)
                .then(secrets)
                .then(tables.organizations().revise(organization, revision))
                .then(outbox.add(organization, revision, snapshot, Json.write(before)));
    }
}
