package com.avoma.webhooks.config.deliverylog;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.isolation.Scope;
import io.r2dbc.spi.R2dbcException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// Writes batches to the log, each in one transaction, so that the log, the ledger and the
/// statistics always tell the same. Writing a record again changes nothing.
@Component
public class LogRepository {
    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final DeliveryRepository deliveries;
    private final AccountRepository accounts;

    LogRepository(
            DatabaseClient database,
            TransactionalOperator transaction,
            DeliveryRepository deliveries,
            AccountRepository accounts) {
        this.database = database;
        this.transaction = transaction;
        this.deliveries = deliveries;
        this.accounts = accounts;
    }

    /// Writes a batch. Where it fails nothing of it is written.
    public Mono<Void> save(LogBatch batch) {
        return transaction
                .transactional(write(batch))
                .contextWrite(Scope.every(Scope.Reason.DELIVERY_LOG));
    }

    private Mono<Void> write(LogBatch batch) {
        var changes = new Accounts();
        var tally = new AttemptTally();
        return leftOut()
                .doOnNext(out -> {
                    batch.removeBefore(out.before());
                    batch.removeOf(out.erased());
                })
                .then(Mono.defer(() -> saveDeliveries(batch, changes)))
                .then(Mono.defer(() -> insertAttempts(batch)))
                .doOnNext(fresh -> batch.attempts(fresh).forEach(tally::add))
                .then(Mono.defer(() -> insertDecisions(batch)))
                .doOnNext(fresh -> batch.decisions(fresh).forEach(changes::decided))
                .then(Mono.defer(() -> accounts.saveCertificates(batch.attempts())))
                .then(Mono.defer(() -> accounts.saveStatistics(tally)))
                .then(Mono.defer(() -> accounts.saveLedger(changes)));
    }

    /// What of a batch is not written.
    ///
    /// @param before of days that retention has closed
    /// @param erased of organizations that are erased
    private record LeftOut(LocalDate before, Set<UUID> erased) {}

    /// Locked against a purge, until the batch is written.
    private Mono<LeftOut> leftOut() {
        return database.sql(
                        """
                        select cast(nullif(closed_before, '-infinity') as text) as day,
                            array(select organization_uuid from erasures_under_way()) as erased
                        from log_retention for share
                        """)
                .map(row -> {
                    var day = row.get("day", String.class);
                    return new LeftOut(
                            day == null ? LocalDate.MIN : LocalDate.parse(day),
                            Set.of(requireNonNull(row.get("erased", UUID[].class))));
                })
                .one();
    }

    private Mono<Void> saveDeliveries(LogBatch batch, Accounts changes) {
        var all = batch.deliveries();
        if (all.isEmpty()) {
            return Mono.empty();
        }
        return deliveries
                .insert(all.values())
                .flatMap(inserted -> {
                    List<LoggedDelivery> known = new ArrayList<>();
                    all.forEach((key, delivery) -> {
                        if (inserted.contains(key)) {
                            changes.moved(null, delivery);
                        } else {
                            known.add(delivery);
                        }
                    });
                    return known.isEmpty() ? Mono.empty() : merge(batch, known, changes);
                });
    }

    private Mono<Void> merge(LogBatch batch, List<LoggedDelivery> known, Accounts changes) {
        return deliveries
                .lock(known)
                .flatMap(stored -> {
                    List<LoggedDelivery> changed = new ArrayList<>();
                    for (var before : stored) {
                        var news = batch.deliveries().get(before.key());
                        var after = before.merge(requireNonNull(news));
                        if (!after.equals(before)) {
                            changes.moved(before, after);
                            changed.add(after);
                        }
                    }
                    return changed.isEmpty() ? Mono.empty() : deliveries.update(changed);
                });
    }

    private Mono<Set<LogBatch.AttemptKey>> insertAttempts(LogBatch batch) {
        if (batch.attempts().isEmpty()) {
            return Mono.just(Set.of());
        }
        return database.sql(
                        """
                        insert into attempts
                        select organization_uuid, message_id, event_time, started_at, number,
                            webhook_uuid, outcome, status_code, failure, detail, duration_ms,
                            (timings ->> 'dns_ms')::bigint, (timings ->> 'connect_ms')::bigint,
                            (timings ->> 'tls_ms')::bigint, (timings ->> 'first_byte_ms')::bigint,
                            case when event_time >= (
                                    select excerpts_closed::timestamp at time zone 'UTC'
                                    from log_retention)
                                then response_excerpt end,
                            target_url, manual, test, certificate_expires_at,
                            verdict, reason, next_attempt_at, job ->> 'topic',
                            (job ->> 'partition')::integer, (job ->> 'offset')::bigint
                        from json_to_recordset(:rows::json) as r(
                            organization_uuid uuid, message_id text, event_time timestamptz,
                            started_at timestamptz, number integer, webhook_uuid uuid,
                            outcome text, status_code integer, failure text, detail text,
                            duration_ms bigint, timings json, response_excerpt text,
                            target_url text, manual boolean, test boolean,
                            certificate_expires_at timestamptz, verdict text, reason text,
                            next_attempt_at timestamptz, job json)
                        on conflict do nothing
                        returning message_id, started_at, number
                        """)
                .bind("rows", json(batch.attempts()))
                .map(row ->
                        new LogBatch.AttemptKey(
                                requireNonNull(row.get("message_id", String.class)),
                                requireNonNull(row.get("started_at", Instant.class)),
                                requireNonNull(row.get("number", Integer.class))))
                .all()
                .collect(Collectors.toUnmodifiableSet());
    }

    private Mono<Set<LogBatch.DecisionKey>> insertDecisions(LogBatch batch) {
        if (batch.decisions().isEmpty()) {
            return Mono.just(Set.of());
        }
        var rows = batch.decisions().stream().map(DecisionRow::of).toList();
        return database.sql(
                        """
                        insert into decisions
                        select organization_uuid, created, event_topic, event_partition,
                            event_offset, event_id, event_hash, event_source, event_type,
                            user_uuid, decided_at, config_revision,
                            array(select json_array_elements_text(user_teams)::uuid), webhooks
                        from json_to_recordset(:rows::json) as r(
                            organization_uuid uuid, created timestamptz, event_topic text,
                            event_partition integer, event_offset bigint, event_id text,
                            event_hash bigint, event_source text, event_type text,
                            user_uuid text, decided_at timestamptz, config_revision bigint,
                            user_teams json, webhooks json)
                        on conflict do nothing
                        returning organization_uuid, event_partition, event_offset
                        """)
                .bind("rows", json(rows))
                .map(row ->
                        new LogBatch.DecisionKey(
                                requireNonNull(row.get("organization_uuid", UUID.class)),
                                requireNonNull(row.get("event_partition", Integer.class)),
                                requireNonNull(row.get("event_offset", Long.class))))
                .all()
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Rows for `json_to_recordset`: one parameter, whatever their number.
    static String json(Collection<?> rows) {
        return new String(Json.write(rows), StandardCharsets.UTF_8);
    }

    /// The SQLSTATE of a fault that lies in what was written: data that no column takes (22), that
    /// break a constraint (23), or that are too large for a row or an index (54). Null where it is
    /// another one, and writing the same again may succeed.
    static @Nullable String refusal(Throwable fault) {
        for (Throwable one = fault; one != null; one = one.getCause()) {
            if (one instanceof R2dbcException refused) {
                var state = refused.getSqlState();
                return state != null && state.matches("(22|23|54).*") ? state : null;
            }
        }
        return null;
    }
}
