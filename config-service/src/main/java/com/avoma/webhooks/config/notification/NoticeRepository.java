package com.avoma.webhooks.config.notification;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Notices that are committed and not yet on Kafka.
@Component
public class NoticeRepository {
    private final DatabaseClient database;

    NoticeRepository(DatabaseClient database) {
        this.database = database;
    }

    /// A notice that waits.
    ///
    /// @param uuid the same however often it is sent
    /// @param admins their addresses, as the directory has them now
    record Entry(
            long id,
            UUID uuid,
            UUID organization,
            String type,
            String subject,
            Map<String, Object> data,
            List<String> admins,
            Instant created) {}

    /// Adds a notice that goes out as soon as it is committed.
    public Mono<Void> add(Notice notice) {
        return add(0, List.of(notice));
    }

    /// Adds notices, within the transaction that makes a change.
    ///
    /// @param revision that the change is published with, without which nothing is told; 0: none
    public Mono<Void> add(long revision, List<Notice> notices) {
        return Flux.fromIterable(notices).concatMap(notice -> insert(revision, notice)).then();
    }

    /// Forgets what a revision was to tell: its change is taken back.
    public Mono<Void> withdraw(UUID organization, long revision) {
        return database.sql(
                        """
                        delete from notices
                        where organization_uuid = :organization and revision = :revision
                        """)
                .bind("organization", organization)
                .bind("revision", revision)
                .then();
    }

    /// The oldest notices whose change is published.
    Flux<Entry> oldest(int limit) {
        return database.sql(
                        """
                        select n.id, n.uuid, n.organization_uuid, n.type, n.subject,
                            n.data::text as data, n.created,
                            array(select m.email from directory_members m
                                where m.organization_uuid = n.organization_uuid
                                  and m.role = 'ADMIN' and m.email is not null
                                order by m.email) as admins
                        from notices n
                        where n.revision is null or n.revision <= (
                            select o.published_revision from organizations o
                            where o.organization_uuid = n.organization_uuid)
                        order by n.id limit :limit
                        """)
                .bind("limit", limit)
                .map(row ->
                        new Entry(
                                requireNonNull(row.get("id", Long.class)),
                                requireNonNull(row.get("uuid", UUID.class)),
                                requireNonNull(row.get("organization_uuid", UUID.class)),
                                requireNonNull(row.get("type", String.class)),
                                requireNonNull(row.get("subject", String.class)),
                                data(requireNonNull(row.get("data", String.class))),
                                List.of(requireNonNull(row.get("admins", String[].class))),
                                requireNonNull(row.get("created", Instant.class))))
                .all();
    }

    /// Removes what is on Kafka.
    Mono<Long> sent(List<Entry> entries) {
        return database.sql("delete from notices where id = any(:ids)")
                .bind("ids", entries.stream().map(Entry::id).toArray(Long[]::new))
                .fetch()
                .rowsUpdated();
    }

    private Mono<Void> insert(long revision, Notice notice) {
        return database.sql(
                        """
                        insert into notices
                            (organization_uuid, uuid, type, subject, data, created, revision)
                        values (:organization, gen_random_uuid(), :type, :subject,
                            cast(:data as json), clock_timestamp(), nullif(:revision, 0))
                        """)
                .bind("organization", notice.organization())
                .bind("type", notice.type().wireName())
                .bind("subject", notice.subject())
                .bind("data", new String(Json.write(notice.data()), StandardCharsets.UTF_8))
                .bind("revision", revision)
                .then();
    }

    @SuppressWarnings("unchecked") // what was written is a map with text keys
    private static Map<String, Object> data(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), Map.class);
    }
}
