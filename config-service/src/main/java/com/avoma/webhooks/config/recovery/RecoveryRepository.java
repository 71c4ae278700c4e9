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

    /// Adds a recovery, and completes with it. One of everything goes on where the last one of the
    /// same time was when it was canceled. One of what failed need not: what was sent has not
    /// failed any more, and more may have since.
    ///
    /// Empty where another one of the webhook runs; a dry run is in nobody's way.
    Mono<Recovery> add(UUID organization, UUID webhook, Recovery recovery) {
        return database.sql(
                        """
                        insert into recoveries (organization_uuid, id, webhook_uuid, since, until,
                            only_what, dry_run, created, phase, places, matched, found, sent,
                            expired)
                        select asked.*, coalesce(phase, 'COUNTING'), places, coalesce(matched, 0),
                            coalesce(found, 0), coalesce(sent, 0), coalesce(expired, 0)
                        from (values (cast(:organization as uuid), cast(:id as uuid),
                            cast(:webhook as uuid), cast(:since as timestamptz),
                            cast(:until as timestamptz), cast(:only as text),
                            cast(:dry_run as boolean), cast(:created as timestamptz))) as asked
                        left join (
                            select * from recoveries
                            where organization_uuid = :organization and webhook_uuid = :webhook
                                and since = :since and until = :until and only_what = :only
                                and not dry_run
                            order by created desc limit 1
                        ) as last on status = 'CANCELED' and phase = 'SENDING'
                            and only_what = 'ALL' and not :dry_run
                        on conflict do nothing
                        returning *
                        """)
                .bind("organization", organization)
                .bind("id", recovery.id())
                .bind("webhook", webhook)
                .bind("since", recovery.since())
                .bind("until", recovery.until())
                .bind("only", recovery.only().name())
                .bind("dry_run", recovery.dryRun())
                .bind("created", recovery.created())
                .map(RecoveryRepository::recovery)
                .one();
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
