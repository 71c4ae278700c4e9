package com.avoma.webhooks.config.recovery;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.replay.Only;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The table `recoveries`, as admins see it. Workers have [ClaimRepository].
@Component
class RecoveryRepository {
    private final DatabaseClient database;

    RecoveryRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Adds a recovery.
    ///
    /// @return false where another one of the webhook runs; a dry run is in nobody's way
    Mono<Boolean> add(UUID organization, UUID webhook, Recovery recovery) {
        return database.sql(
                        """
                        insert into recoveries (organization_uuid, id, webhook_uuid, since, until,
                            only_what, dry_run, created)
                        values (:organization, :id, :webhook, :since, :until, :only, :dry_run,
                            :created)
                        on conflict do nothing
                        """)
                .bind("organization", organization)
                .bind("id", recovery.id())
                .bind("webhook", webhook)
                .bind("since", recovery.since())
                .bind("until", recovery.until())
                .bind("only", recovery.only().name())
                .bind("dry_run", recovery.dryRun())
                .bind("created", recovery.created())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    Flux<Recovery> all(UUID organization, UUID webhook) {
        return database.sql(
                        """
                        select * from recoveries
                        where organization_uuid = :organization and webhook_uuid = :webhook
                        order by created limit 10000
                        """)
                .bind("organization", organization)
                .bind("webhook", webhook)
                .map(RecoveryRepository::recovery)
                .all();
    }

    Mono<Recovery> one(UUID organization, UUID webhook, UUID id) {
        return database.sql(
                        """
                        select * from recoveries
                        where organization_uuid = :organization and webhook_uuid = :webhook
                          and id = :id
                        """)
                .bind("organization", organization)
                .bind("webhook", webhook)
                .bind("id", id)
                .map(RecoveryRepository::recovery)
                .one();
    }

    /// Ends one before it is done.
    ///
    /// @return whether it was running
    Mono<Boolean> cancel(UUID organization, UUID id) {
        return database.sql(
                        """
                        update recoveries
                        set status = 'CANCELED', finished = clock_timestamp()
                        where organization_uuid = :organization and id = :id
                          and status = 'RUNNING'
                        """)
                .bind("organization", organization)
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /// Forgets those that ended 90 days ago.
    ///
    /// @return how many
    Mono<Long> sweep() {
        return database.sql(
                        """
                        delete from recoveries
                        where finished < clock_timestamp() - interval '90 days'
                        """)
                .fetch()
                .rowsUpdated()
                .contextWrite(Scope.every(Scope.Reason.HOUSEKEEPING));
    }

    private static Recovery recovery(Readable row) {
        return new Recovery(
                requireNonNull(row.get("id", UUID.class)),
                requireNonNull(row.get("since", Instant.class)),
                requireNonNull(row.get("until", Instant.class)),
                only(row),
                requireNonNull(row.get("dry_run", Boolean.class)),
                Recovery.Status.valueOf(requireNonNull(row.get("status", String.class))),
                requireNonNull(row.get("matched", Long.class)),
                requireNonNull(row.get("sent", Long.class)),
                requireNonNull(row.get("expired", Long.class)),
                requireNonNull(row.get("created", Instant.class)));
    }

    private static Only only(Readable row) {
        return Only.valueOf(requireNonNull(row.get("only_what", String.class)));
    }
}
