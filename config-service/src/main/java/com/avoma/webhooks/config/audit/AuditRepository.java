package com.avoma.webhooks.config.audit;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.web.Caller;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The audit log. Append-only: the database refuses anything else.
@Component
public class AuditRepository {
    private final DatabaseClient database;

    AuditRepository(DatabaseClient database) {
        this.database = database;
    }

    /// An entry and its place in the log.
    public record Numbered(long id, AuditRecord entry) {}

    /// Adds entries, within the transaction that makes the change.
    ///
    /// @param revision that the change is published with; 0: it is not published
    public Mono<Void> add(Caller by, long revision, List<AuditEntry> entries) {
        return Flux.fromIterable(entries).concatMap(entry -> insert(by, revision, entry)).then();
    }

    /// Notes that the changes of a revision are taken back: the log says both.
    public Mono<Void> withdraw(UUID organization, long revision) {
        return database.sql(
                        """
                        insert into audit_log
                            (organization_uuid, at, actor, address, action, resource, changes)
                        select organization_uuid, clock_timestamp(), actor, address,
                            'change.withdrawn', resource,
                            json_build_object('action', json_build_object(
                                'from', action, 'to', null))
                        from audit_log
                        where organization_uuid = :organization and revision = :revision
                        order by id
                        """)
                .bind("organization", organization)
                .bind("revision", revision)
                .then();
    }

    /// Older than an entry, newest first.
    public Flux<Numbered> before(UUID organization, long id, int limit) {
        return select(organization, "id < :id order by id desc", id, limit);
    }

    /// Newer than an entry, oldest first.
    Flux<Numbered> after(UUID organization, long id, int limit) {
        return select(organization, "id > :id order by id", id, limit);
    }

    Mono<Integer> count(UUID organization) {
        return database.sql(
                        """
                        select cast(count(*) as integer) from audit_log
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .mapValue(Integer.class)
                .one();
    }

    private Flux<Numbered> select(UUID organization, String part, long id, int limit) {
        return database.sql(
                        """
                        select id, at, actor, address, action, resource, changes::text as changes
                        from audit_log where organization_uuid = :organization and
                        """
                                + part
                                + " limit :limit")
                .bind("organization", organization)
                .bind("id", id)
                .bind("limit", limit)
                .map(row ->
                        new Numbered(
                                requireNonNull(row.get("id", Long.class)),
                                new AuditRecord(
                                        requireNonNull(row.get("at", Instant.class)),
                                        requireNonNull(row.get("actor", String.class)),
                                        row.get("address", String.class),
                                        requireNonNull(row.get("action", String.class)),
                                        requireNonNull(row.get("resource", String.class)),
                                        requireNonNull(row.get("changes", String.class)))))
                .all();
    }

    private Mono<Void> insert(Caller by, long revision, AuditEntry entry) {
        return database.sql(
                        """
                        insert into audit_log (organization_uuid, at, actor, address, action,
                            resource, changes, revision)
                        values (:organization, clock_timestamp(), :actor, :address, :action,
                            :resource, cast(:changes as json), nullif(:revision, 0))
                        """)
                .bind("organization", by.organization())
                .bind("actor", by.actor())
                .bind("address", Parameters.in(R2dbcType.VARCHAR, by.address()))
                .bind("action", entry.action())
                .bind("resource", entry.resource())
                .bind("changes", new String(Json.write(entry.changes()), StandardCharsets.UTF_8))
                .bind("revision", revision)
                .then();
    }
}
