package com.avoma.webhooks.config.change;

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

    /// The revision of the latest snapshot on Kafka; 0 where there is none.
    public Mono<Long> published(UUID organization) {
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

    /// What became of the change that made a revision.
    Mono<Fate> fate(UUID organization, long revision) {
        return database.sql(
                        """
                        select case
                            when exists (select from taken_back
                                where organization_uuid = :organization and revision = :revision)
                                then 'NOT_MADE'
                            when published_revision >= :revision then 'PUBLISHED'
                            else 'WAITING' end
                        from organizations where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .bind("revision", revision)
                .mapValue(String.class)
                .one()
                .map(Fate::valueOf);
    }

    /// What became of a change whose commit was not answered, with the lock held.
    ///
    /// @param revision that it was to be
    Mono<Fate> fate(UUID organization, long revision, UUID change) {
        return database.sql(
                        """
                        select case
                            when latest_change = :change then 'WAITING'
                            when revision <= :revision then 'NOT_MADE'
                            when exists (select from taken_back t
                                where t.organization_uuid = :organization
                                  and t.revision = :revision) then 'NOT_MADE'
                            else 'UNKNOWN' end
                        from organizations where organization_uuid = :organization
                        """)
                .bind("change", change)
                .bind("organization", organization)
                .bind("revision", revision)
                .mapValue(String.class)
                .one()
                .map(Fate::valueOf);
    }

    /// Notes that a revision is undone by the next one. Notes are of use for as long as somebody
    /// waits for the revision; old ones are deleted along the way.
    Mono<Void> tookBack(UUID organization, long revision) {
        var note =
                database.sql(
                                """
                                insert into taken_back (organization_uuid, revision, at)
                                values (:organization, :revision, clock_timestamp())
                                """)
                        .bind("organization", organization)
                        .bind("revision", revision)
                        .then();
        return note.then(
                database.sql(
                                """
                                delete from taken_back
                                where organization_uuid = :organization
                                  and at < clock_timestamp() - interval '1 day'
                                """)
                        .bind("organization", organization)
                        .then());
    }

    /// Sets the revision of an organization that this transaction has locked.
    Mono<Void> revise(UUID organization, long revision, UUID change) {
        return database.sql(
                        """
                        update organizations set revision = :revision, latest_change = :change
                        where organization_uuid = :organization
                        """)
                .bind("revision", revision)
                .bind("change", change)
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
