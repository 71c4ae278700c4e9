package com.avoma.webhooks.config.publication;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Snapshots that are committed and not yet on Kafka.
@Component
public class OutboxRepository {
    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    OutboxRepository(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /// A snapshot that waits.
    ///
    /// @param created when the change was committed
    /// @param leftMillis how long it may still be published; null: for ever
    record Entry(
            long id,
            UUID organization,
            long revision,
            byte[] snapshot,
            Instant created,
            @Nullable Long leftMillis) {

        /// Whether it ends what consumers hold of the organization.
        boolean isTombstone() {
            return snapshot.length == 0;
        }
    }

    /// Adds a snapshot, within the transaction that makes the change.
    ///
    /// @param before JSON of the setup without the change
    /// @param deadline how long from now it may be published; null: for ever
    public Mono<Void> add(
            UUID organization,
            long revision,
            byte[] snapshot,
            byte[] before,
            @Nullable Duration deadline) {
        return database.sql(
                        """
                        insert into outbox
                            (organization_uuid, revision, snapshot, before_image, created,
                             expires_at)
                        values (:organization, :revision, :snapshot, cast(:before as jsonb),
                            clock_timestamp(),
                            coalesce(clock_timestamp() + :millis * interval '1 millisecond',
                                'infinity'))
                        """)
                .bind("organization", organization)
                .bind("revision", revision)
                .bind("snapshot", snapshot)
                .bind("before", new String(before, StandardCharsets.UTF_8))
                .bind(
                        "millis",
                        Parameters.in(
                                R2dbcType.BIGINT, deadline == null ? null : deadline.toMillis()))
                .then();
    }

    /// Removes a snapshot that is not to be published.
    ///
    /// @return JSON of the setup without its change
    public Mono<byte[]> takeBack(UUID organization, long revision) {
        return database.sql(
                        """
                        delete from outbox
                        where organization_uuid = :organization and revision = :revision
                        returning before_image::text as before_image
                        """)
                .bind("organization", organization)
                .bind("revision", revision)
                .map(row ->
                        requireNonNull(row.get("before_image", String.class))
                                .getBytes(StandardCharsets.UTF_8))
                .one();
    }

    /// A change that was not published by its deadline.
    public record Expired(UUID organization, long revision) {}

    public Flux<Expired> expired() {
        return database.sql(
                        """
                        select organization_uuid, revision from outbox
                        where expires_at <= clock_timestamp() order by id limit 100
                        """)
                .map(row ->
                        new Expired(
                                requireNonNull(row.get("organization_uuid", UUID.class)),
                                requireNonNull(row.get("revision", Long.class))))
                .all();
    }

    /// The oldest snapshots, in the order in which they have to go out, without those whose time is
    /// over.
    Flux<Entry> oldest(int limit) {
        return database.sql(
                        """
                        select id, organization_uuid, revision, snapshot, created,
                               case when expires_at < 'infinity' then cast(extract(epoch from
                                   expires_at - clock_timestamp()) * 1000 as bigint) end as left_ms
                        from outbox where expires_at > clock_timestamp() order by id limit :limit
                        """)
                .bind("limit", limit)
                .map(row ->
                        new Entry(
                                requireNonNull(row.get("id", Long.class)),
                                requireNonNull(row.get("organization_uuid", UUID.class)),
                                requireNonNull(row.get("revision", Long.class)),
                                requireNonNull(row.get("snapshot", byte[].class)),
                                requireNonNull(row.get("created", Instant.class)),
                                row.get("left_ms", Long.class)))
                .all();
    }

    /// Notes that snapshots are on Kafka.
    ///
    /// @return those that hold; one that was taken back meanwhile is followed by another
    Flux<Entry> published(List<Entry> entries) {
        return transaction.transactional(
                Flux.fromIterable(entries)
                        .concatMap(entry -> published(entry).filter(held -> held).map(_ -> entry)));
    }

    private Mono<Boolean> published(Entry entry) {
        var note =
                database.sql(
                                """
                                update organizations
                                set published_revision = greatest(published_revision, :revision)
                                where organization_uuid = :organization
                                """)
                        .bind("revision", entry.revision())
                        .bind("organization", entry.organization())
                        .then();
        return note.then(
                database.sql(
                                """
                                delete from outbox
                                where organization_uuid = :organization and id = :id
                                """)
                        .bind("organization", entry.organization())
                        .bind("id", entry.id())
                        .fetch()
                        .rowsUpdated()
                        .map(rows -> rows == 1));
    }
}
