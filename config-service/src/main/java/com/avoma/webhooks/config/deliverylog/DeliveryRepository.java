package com.avoma.webhooks.config.deliverylog;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery.Key;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The table `deliveries`.
@Component
public class DeliveryRepository {
    private static final String COLUMNS =
            """
            organization_uuid, message_id, created, webhook_uuid, event_id, event_hash, event_source,
            event_type, test, decided_at, requested_at, manual_at, step_at, verdict,
            next_attempt_at, body_topic, body_partition, body_offset, event_topic, event_partition,
            event_offset, status, expected_at
            """;
    private static final String ROWS =
            """
            json_to_recordset(:rows::json) as r(
                organization_uuid uuid, message_id text, created timestamptz, webhook_uuid uuid,
                event_id text, event_hash bigint, event_source text, event_type text, test boolean,
                decided_at timestamptz, requested_at timestamptz, manual_at timestamptz,
                step_at timestamptz, verdict text, next_attempt_at timestamptz, body_topic text,
                body_partition integer, body_offset bigint, event_topic text,
                event_partition integer, event_offset bigint, status text, expected_at timestamptz)
            """;

    private final DatabaseClient database;

    DeliveryRepository(DatabaseClient database) {
        this.database = database;
    }

    /// The latest of an id in an organization; of another organization's there is none.
    public Mono<LoggedDelivery> one(UUID organization, String messageId) {
        return database.sql(
                        """
                        select * from deliveries
                        where message_id = :id and organization_uuid = :organization
                        order by created desc limit 1
                        """)
                .bind("id", messageId)
                .bind("organization", organization)
                .map(DeliveryRepository::read)
                .one();
    }

    /// Inserts those that are new, and completes with their keys. Of one that another instance is
    /// writing it is known after that has committed.
    Mono<Set<Key>> insert(Collection<LoggedDelivery> deliveries) {
        return database.sql(
                        "insert into deliveries (%s) select %s from %s on conflict do nothing returning message_id, created"
                                .formatted(COLUMNS, COLUMNS, ROWS))
                .bind("rows", rows(deliveries))
                .map(row ->
                        new Key(
                                requireNonNull(row.get("message_id", String.class)),
                                requireNonNull(row.get("created", Instant.class))))
                .all()
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Locks them in the order of their keys, and completes with what is known of them.
    Mono<List<LoggedDelivery>> lock(Collection<LoggedDelivery> deliveries) {
        var keys = deliveries.stream().map(LoggedDelivery::key).collect(Collectors.toSet());
        var span = Span.of(deliveries);
        return database.sql(
                        """
                        select * from deliveries
                        where message_id = any(:ids) and created >= :first and created <= :last
                        order by message_id, created for update
                        """)
                .bind("ids", span.ids())
                .bind("first", span.first())
                .bind("last", span.last())
                .map(DeliveryRepository::read)
                .all()
                .filter(delivery -> keys.contains(delivery.key()))
                .collectList();
    }

    Mono<Void> update(Collection<LoggedDelivery> deliveries) {
        var span = Span.of(deliveries);
        return database.sql(
                        """
                        update deliveries d set
                            test = r.test, decided_at = r.decided_at,
                            requested_at = r.requested_at, manual_at = r.manual_at,
                            step_at = r.step_at, verdict = r.verdict,
                            next_attempt_at = r.next_attempt_at, body_topic = r.body_topic,
                            body_partition = r.body_partition, body_offset = r.body_offset,
                            event_topic = r.event_topic, event_partition = r.event_partition,
                            event_offset = r.event_offset, status = r.status,
                            expected_at = r.expected_at
                        from
                        """
                                + ROWS
                                + """
                                where d.message_id = r.message_id collate "C"
                                    and d.created = r.created
                                    and d.created >= :first and d.created <= :last
                                """)
                .bind("rows", rows(deliveries))
                .bind("first", span.first())
                .bind("last", span.last())
                .then();
    }

    /// A row of the table.
    public static LoggedDelivery read(Readable row) {
        return new DeliveryRow(
                        requireNonNull(row.get("organization_uuid", UUID.class)),
                        requireNonNull(row.get("message_id", String.class)),
                        requireNonNull(row.get("created", Instant.class)),
                        requireNonNull(row.get("webhook_uuid", UUID.class)),
                        requireNonNull(row.get("event_id", String.class)),
                        0,
                        requireNonNull(row.get("event_source", String.class)),
                        requireNonNull(row.get("event_type", String.class)),
                        requireNonNull(row.get("test", Boolean.class)),
                        row.get("decided_at", Instant.class),
                        row.get("requested_at", Instant.class),
                        row.get("manual_at", Instant.class),
                        row.get("step_at", Instant.class),
                        verdict(row.get("verdict", String.class)),
                        row.get("next_attempt_at", Instant.class),
                        row.get("body_topic", String.class),
                        row.get("body_partition", Integer.class),
                        row.get("body_offset", Long.class),
                        row.get("event_topic", String.class),
                        row.get("event_partition", Integer.class),
                        row.get("event_offset", Long.class),
                        Status.PENDING,
                        null)
                .delivery();
    }

    private static @Nullable Verdict verdict(@Nullable String text) {
        return text == null ? null : Verdict.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static String rows(Collection<LoggedDelivery> deliveries) {
        return LogRepository.json(deliveries.stream().map(DeliveryRow::of).toList());
    }
}
