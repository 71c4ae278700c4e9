package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.common.directory.Plan;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The rows that a setup is made of, read and written as one. Both belong into a transaction that
/// holds the organization's lock.
@Component
public class SetupRepository {
    private final DatabaseClient database;
    private final WebhookRepository webhooks;
    private final SigningSecretRepository secrets;

    SetupRepository(
            DatabaseClient database, WebhookRepository webhooks, SigningSecretRepository secrets) {
        this.database = database;
        this.webhooks = webhooks;
        this.secrets = secrets;
    }

    public Mono<OrganizationSetup> load(UUID organization) {
        // one connection, so one after the other
        return plan(organization)
                .flatMap(plan ->
                        secrets.all(organization)
                                .collectList()
                                .flatMap(secrets ->
                                        webhooks.all(organization)
                                                .collectList()
                                                .map(webhooks ->
                                                        new OrganizationSetup(
                                                                organization,
                                                                plan.orElse(null),
                                                                secrets,
                                                                webhooks))));
    }

    /// Writes what differs.
    ///
    /// @param before as the rows are
    public Mono<Void> save(OrganizationSetup before, OrganizationSetup after) {
        var organization = after.organization();
        var kept = new HashSet<UUID>();
        after.webhooks().forEach(webhook -> kept.add(webhook.uuid()));
        var unchanged = new HashSet<>(before.webhooks());
        var deletions =
                Flux.fromIterable(before.webhooks())
                        .filter(webhook -> !kept.contains(webhook.uuid()))
                        .concatMap(webhook -> webhooks.delete(organization, webhook.uuid()));
        var changes =
                Flux.fromIterable(after.webhooks())
                        .filter(webhook -> !unchanged.contains(webhook))
                        .concatMap(webhook -> webhooks.save(organization, webhook));
        Mono<Void> replaced =
                after.signingSecrets().equals(before.signingSecrets())
                        ? Mono.empty()
                        : secrets.replace(organization, after.signingSecrets());
        return deletions.thenMany(changes).then(replaced);
    }

    /// The plan that the directory has for it.
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
}
