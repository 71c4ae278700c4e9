package com.avoma.webhooks.config.erasure;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.isolation.Scope;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The erasures that were asked for, one row each, and what they delete.
@Component
public class ErasureRepository {
    private static final int ROWS_AT_ONCE = 2_000;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    ErasureRepository(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /// Whether the directory still has the organization.
    public Mono<Boolean> isInDirectory(UUID organization) {
        return database.sql(
                        """
                        select exists (select from directory_organizations
                            where organization_uuid = :organization)
                        """)
                .bind("organization", organization)
                .mapValue(Boolean.class)
                .one()
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    /// Asks for an erasure, unless one is under way.
    public Mono<Void> request(UUID organization, Duration settleFor) {
        return database.sql(
                        """
                        insert into erasures (organization_uuid, requested, settles)
                        values (:organization, clock_timestamp(),
                            clock_timestamp() + :millis * interval '1 millisecond')
                        on conflict (organization_uuid) do update set
                            requested = excluded.requested, settles = excluded.settles,
                            erased = null, tombstone = null, finished = null
                        where erasures.finished is not null
                        """)
                .bind("organization", organization)
                .bind("millis", settleFor.toMillis())
                .then()
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    public Flux<Erasure> all() {
        return database.sql("select * from erasures order by requested")
                .map(ErasureRepository::erasure)
                .all()
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    /// Those that are not finished. One whose organization is back in the directory waits.
    Flux<Erasure> running() {
        return database.sql("select * from erasures_under_way() order by requested")
                .map(ErasureRepository::erasure)
                .all()
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    /// Deletes every row of the organization's but those of its setup.
    ///
    /// @return how many
    Mono<Long> deleteRows(UUID organization) {
        return database.sql("select erase_organization_rows(:organization, :most)")
                .bind("organization", organization)
                .bind("most", ROWS_AT_ONCE)
                .mapValue(Long.class)
                .one()
                .repeat()
                .takeUntil(deleted -> deleted == 0)
                .reduce(0L, Long::sum)
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    /// Notes that nothing is left, the first time.
    Mono<Void> erased(UUID organization) {
        return database.sql(
                        """
                        update erasures set erased = clock_timestamp()
                        where organization_uuid = :organization and erased is null
                        """)
                .bind("organization", organization)
                .then()
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    /// Puts the tombstone of the organization's snapshot in the outbox, unless it is the latest.
    Mono<Void> bury(UUID organization) {
        var claim =
                database.sql(
                                """
                                update erasures e set tombstone = o.revision + 1
                                from organizations o
                                where e.organization_uuid = :organization
                                    and o.organization_uuid = e.organization_uuid
                                    and o.revision = o.published_revision
                                    and e.tombstone is distinct from o.revision
                                returning e.tombstone
                                """)
                        .bind("organization", organization)
                        .mapValue(Long.class)
                        .one();
        return transaction
                .transactional(claim.flatMap(revision -> publish(organization, revision)))
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    private Mono<Void> publish(UUID organization, long revision) {
        var revise =
                database.sql(
                                """
                                update organizations set revision = :revision
                                where organization_uuid = :organization
                                """)
                        .bind("revision", revision)
                        .bind("organization", organization)
                        .then();
        return revise.then(
                database.sql(
                                """
                                insert into outbox
                                    (organization_uuid, revision, snapshot, before_image, created)
                                values (:organization, :revision, '', '{}', clock_timestamp())
                                """)
                        .bind("organization", organization)
                        .bind("revision", revision)
                        .then());
    }

    /// Deletes the organization's own row once its tombstone is on Kafka.
    Mono<Void> forget(UUID organization) {
        var notes =
                database.sql("delete from taken_back where organization_uuid = :organization")
                        .bind("organization", organization)
                        .then();
        var row =
                database.sql(
                                """
                                delete from organizations o using erasures e
                                where o.organization_uuid = :organization
                                    and e.organization_uuid = o.organization_uuid
                                    and o.published_revision = e.tombstone
                                """)
                        .bind("organization", organization)
                        .fetch()
                        .rowsUpdated();
        var finish =
                database.sql(
                                """
                                update erasures set finished = clock_timestamp()
                                where organization_uuid = :organization
                                """)
                        .bind("organization", organization)
                        .then();
        return transaction
                .transactional(notes.then(row).filter(rows -> rows == 1).flatMap(_ -> finish))
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    private static Erasure erasure(Readable row) {
        return new Erasure(
                requireNonNull(row.get("organization_uuid", UUID.class)),
                requireNonNull(row.get("requested", Instant.class)),
                row.get("erased", Instant.class),
                requireNonNull(row.get("settles", Instant.class)),
                row.get("finished", Instant.class));
    }
}
