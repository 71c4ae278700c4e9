package com.avoma.webhooks.config.maintenance;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.isolation.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The tasks that were asked for, one row each. A task that was finished can be asked for again.
@Component
class MaintenanceRepository {
    /// Sorts before every uuid that an organization has.
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final DatabaseClient database;

    MaintenanceRepository(DatabaseClient database) {
        this.database = database;
    }

    /// A task that this instance goes on with.
    ///
    /// @param after the last organization that is done; null: none is
    record Claim(Task task, @Nullable UUID after) {}

    /// What one page of organizations came to.
    ///
    /// @param last of the page
    record Page(UUID last, long organizations, long changed, long unreadable) {}

    /// Asks for a task, unless it is running.
    Mono<Void> request(Task task) {
        return database.sql(
                        """
                        insert into maintenance (task, requested)
                        values (:task, clock_timestamp())
                        on conflict (task) do update set
                            requested = excluded.requested, finished = null,
                            after_organization = null, organizations = 0, changed = 0,
                            unreadable = 0
                        where maintenance.finished is not null
                        """)
                .bind("task", task.name())
                .then();
    }

    Flux<Progress> all() {
        return database.sql(
                        """
                        select task, requested, finished, organizations, changed, unreadable,
                               (select count(*) from organizations where revision > 0) as total
                        from maintenance order by requested
                        """)
                .map(row ->
                        new Progress(
                                Task.valueOf(requireNonNull(row.get("task", String.class)))
                                        .wireName(),
                                requireNonNull(row.get("requested", Instant.class)),
                                row.get("finished", Instant.class),
                                requireNonNull(row.get("organizations", Long.class)),
                                requireNonNull(row.get("total", Long.class)),
                                requireNonNull(row.get("changed", Long.class)),
                                requireNonNull(row.get("unreadable", Long.class))))
                .all()
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    /// Takes the oldest task that is not finished and that no other instance is at.
    Mono<Claim> claim(UUID worker, Duration time) {
        return database.sql(
                        """
                        update maintenance
                        set worker = :worker,
                            worker_until = clock_timestamp() + :millis * interval '1 millisecond'
                        where task = (
                            select task from maintenance
                            where finished is null
                              and (worker = :worker or worker_until < clock_timestamp())
                            order by requested limit 1 for update skip locked)
                        returning task, after_organization
                        """)
                .bind("worker", worker)
                .bind("millis", time.toMillis())
                .map(row ->
                        new Claim(
                                Task.valueOf(requireNonNull(row.get("task", String.class))),
                                row.get("after_organization", UUID.class)))
                .one();
    }

    /// The next organizations that anything was ever published of, in their order.
    Flux<UUID> organizations(@Nullable UUID after, int limit) {
        return database.sql(
                        """
                        select organization_uuid from organizations
                        where revision > 0
                          and organization_uuid > :after
                        order by organization_uuid limit :limit
                        """)
                .bind("after", after == null ? BEFORE_ALL : after)
                .bind("limit", limit)
                .mapValue(UUID.class)
                .all()
                .contextWrite(Scope.every(Scope.Reason.MAINTENANCE));
    }

    /// Notes that a page is done. Changes nothing where another instance took the task over.
    Mono<Void> advance(UUID worker, Task task, Page page) {
        return database.sql(
                        """
                        update maintenance
                        set after_organization = :last, organizations = organizations + :done,
                            changed = changed + :changed, unreadable = unreadable + :unreadable
                        where task = :task and worker = :worker and finished is null
                        """)
                .bind("last", page.last())
                .bind("done", page.organizations())
                .bind("changed", page.changed())
                .bind("unreadable", page.unreadable())
                .bind("task", task.name())
                .bind("worker", worker)
                .then();
    }

    Mono<Void> finish(UUID worker, Task task) {
        return database.sql(
                        """
                        update maintenance set finished = clock_timestamp()
                        where task = :task and worker = :worker
                        """)
                .bind("task", task.name())
                .bind("worker", worker)
                .then();
    }

    /// Lets another instance go on at once.
    Mono<Void> release(UUID worker) {
        return database.sql(
                        "update maintenance set worker_until = '-infinity' where worker = :worker")
                .bind("worker", worker)
                .then();
    }
}
