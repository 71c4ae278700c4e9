package com.avoma.webhooks.config.setup;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The row of each organization: its lock, its revision, and how far it is published.
@Component
public class OrganizationRepository {
    private final DatabaseClient database;

    OrganizationRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Where an organization's configuration stands.
    ///
    /// @param revision of the latest change
    /// @param published of the latest snapshot on Kafka
    public record Head(long revision, long published) {
        boolean blocked() {
            return revision > published;
        }
    }

    /// Locks the organization until the transaction ends; makes its row where there is none.
    public Mono<Head> lock(UUID organization) {
        return select(organization)
                .switchIfEmpty(
                        Mono.defer(() ->
                                database.sql(
                                                """
                                                insert into organizations (organization_uuid)
                                                values (:organization) on conflict do nothing
                                                """)
                                        .bind("organization", organization)
                                        .then()
                                        .then(select(organization))));
    }

    /// The revision that is on Kafka; 0 where nothing is.
    Mono<Long> publishedRevision(UUID organization) {
        return database.sql(
                        """
                        select published_revision from organizations
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .mapValue(Long.class)
                .one()
                .defaultIfEmpty(0L);
    }

    /// Sets the revision of an organization that this transaction has locked.
    Mono<Void> revise(UUID organization, long revision) {
        return database.sql(
                        """
                        update organizations set revision = :revision
                        where organization_uuid = :organization
                        """)
                .bind("revision", revision)
                .bind("organization", organization)
                .then();
    }

    private Mono<Head> select(UUID organization) {
        return database.sql(
                        """
                        select revision, published_revision from organizations
                        where organization_uuid = :organization for update
                        """)
                .bind("organization", organization)
                .map(row ->
                        new Head(
                                requireNonNull(row.get("revision", Long.class)),
                                requireNonNull(row.get("published_revision", Long.class))))
                .one();
    }
}
