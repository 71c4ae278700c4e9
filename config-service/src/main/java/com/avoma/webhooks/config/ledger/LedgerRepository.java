package com.avoma.webhooks.config.ledger;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.ledger.LedgerAnswer.Counts;
import com.avoma.webhooks.config.ledger.LedgerAnswer.OfWebhook;
import com.avoma.webhooks.config.ledger.LedgerAnswer.Unaccounted;
import com.avoma.webhooks.config.ledger.Overdue.Why;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// The ledger's counts, and what it does not explain.
@Component
public class LedgerRepository {
    private static final int NAMED = 100;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    LedgerRepository(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /// The whole ledger of an organization, for the API and the console.
    ///
    /// @param asOf now
    public Mono<LedgerAnswer> of(UUID organization, Instant asOf) {
        return Mono.zip(accounts(organization), unaccounted(organization), checkedAt())
                .map(parts ->
                        new LedgerAnswer(
                                asOf,
                                parts.getT3().orElse(null),
                                Counts.sum(parts.getT1().stream().map(OfWebhook::counts).toList()),
                                parts.getT1(),
                                parts.getT2()));
    }

    /// The accounts of an organization's webhooks, all out of one look. What is pending is counted
    /// one by one, not worked out of the other counts.
    private Mono<List<OfWebhook>> accounts(UUID organization) {
        return database.sql(
                        """
                        with counted as (
                            select webhook_uuid, sum(accepted) as accepted,
                                sum(filtered) as filtered, sum(delivered) as delivered,
                                sum(dead_lettered) as dead_lettered, sum(canceled) as canceled,
                                sum(expired) as expired, sum(unexpected) as unexpected
                            from ledger_days where organization_uuid = :organization
                            group by webhook_uuid
                        ), still_open as (
                            select webhook_uuid, count(*) as pending from deliveries
                            where organization_uuid = :organization and status = 'pending'
                                and not test
                                and (decided_at is not null or requested_at is not null)
                            group by webhook_uuid
                        ), named as (
                            select webhook_uuid, count(*) as unaccounted
                            from unaccounted_deliveries
                            where organization_uuid = :organization and why = 'no_job'
                            group by webhook_uuid
                        )
                        select webhook_uuid, cast(accepted as bigint), cast(filtered as bigint),
                            cast(delivered as bigint), cast(dead_lettered as bigint),
                            cast(canceled as bigint), cast(expired as bigint),
                            cast(unexpected as bigint), coalesce(pending, 0) as pending,
                            coalesce(unaccounted, 0) as unaccounted
                        from counted left join still_open using (webhook_uuid)
                            left join named using (webhook_uuid)
                        order by webhook_uuid
                        """)
                .bind("organization", organization)
                .map(row ->
                        new OfWebhook(
                                requireNonNull(row.get("webhook_uuid", UUID.class)), counts(row)))
                .all()
                .collectList();
    }

    /// Those of an organization that are not explained, the oldest first.
    private Mono<List<Unaccounted>> unaccounted(UUID organization) {
        return database.sql(
                        """
                        select * from unaccounted_deliveries
                        where organization_uuid = :organization
                        order by created, message_id limit :limit
                        """)
                .bind("organization", organization)
                .bind("limit", NAMED)
                .map(row ->
                        Unaccounted.of(
                                overdue(row), requireNonNull(row.get("since", Instant.class))))
                .all()
                .collectList();
    }

    /// When everything was last looked at; empty: never yet.
    private Mono<Optional<Instant>> checkedAt() {
        return database.sql("select checked_at from ledger_check where checked_at is not null")
                .map(row -> requireNonNull(row.get("checked_at", Instant.class)))
                .one()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    /// How many there are of all organizations.
    Mono<Long> countUnaccounted() {
        return database.sql("select count(*) as counted from unaccounted_deliveries")
                .map(row -> requireNonNull(row.get("counted", Long.class)))
                .one();
    }

    /// Whether it is this instance's turn to look; then it is nobody's for the interval.
    Mono<Boolean> takeTurn(Duration interval) {
        return database.sql(
                        """
                        update ledger_check set next_at = now() + cast(:interval as interval)
                        where next_at <= now()
                        """)
                .bind("interval", interval.toString())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /// Deliveries whose next step was due before a time, those first that are longest overdue.
    Mono<List<Overdue>> overdue(Instant before, int limit) {
        return database.sql(
                        """
                        (select *, 'no_job' as why from deliveries
                            where expected_at < :before
                                and (decided_at is not null or requested_at is not null)
                            order by expected_at limit :limit)
                        union all
                        (select *, 'no_decision' as why from deliveries
                            where decided_at is null and requested_at is null and not test
                                and step_at < :before
                            order by step_at limit :limit)
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .map(LedgerRepository::overdueDelivery)
                .all()
                .collectList();
    }

    /// Names these and no others, and notes that everything was looked at.
    Mono<Void> replace(List<Overdue> unaccounted) {
        var rows = new String(Json.write(unaccounted), StandardCharsets.UTF_8);
        return transaction.transactional(
                database.sql(
                                """
                                delete from unaccounted_deliveries u where not exists (
                                    select 1 from json_to_recordset(:rows::json)
                                        as r(message_id text, created timestamptz, why text)
                                    where r.message_id = u.message_id and r.created = u.created
                                        and r.why = u.why)
                                """)
                        .bind("rows", rows)
                        .then()
                        .then(
                                database.sql(
                                                """
                                                insert into unaccounted_deliveries
                                                select *, now() from json_to_recordset(:rows::json)
                                                    as r(organization_uuid uuid, message_id text,
                                                        created timestamptz, webhook_uuid uuid,
                                                        event_id text, event_type text,
                                                        expected_at timestamptz, why text)
                                                on conflict do nothing
                                                """)
                                        .bind("rows", rows)
                                        .then())
                        .then(database.sql("update ledger_check set checked_at = now()").then()));
    }

    private static Overdue overdueDelivery(Readable row) {
        var why =
                Why.valueOf(requireNonNull(row.get("why", String.class)).toUpperCase(Locale.ROOT));
        return overdue(
                row,
                why,
                requireNonNull(
                        row.get(
                                switch (why) {
                                    case NO_JOB -> "expected_at";
                                    case NO_DECISION -> "step_at";
                                },
                                Instant.class)));
    }

    private static Overdue overdue(Readable row) {
        return overdue(
                row,
                Why.valueOf(requireNonNull(row.get("why", String.class)).toUpperCase(Locale.ROOT)),
                requireNonNull(row.get("expected_at", Instant.class)));
    }

    private static Overdue overdue(Readable row, Why why, Instant expectedAt) {
        return new Overdue(
                requireNonNull(row.get("organization_uuid", UUID.class)),
                requireNonNull(row.get("message_id", String.class)),
                requireNonNull(row.get("created", Instant.class)),
                requireNonNull(row.get("webhook_uuid", UUID.class)),
                requireNonNull(row.get("event_id", String.class)),
                requireNonNull(row.get("event_type", String.class)),
                expectedAt,
                why);
    }

    private static Counts counts(Readable row) {
        return Counts.of(
                count(row, "accepted"),
                count(row, "filtered"),
                count(row, "delivered"),
                count(row, "dead_lettered"),
                count(row, "canceled"),
                count(row, "pending"),
                count(row, "expired"),
                count(row, "unaccounted"),
                count(row, "unexpected"));
    }

    private static long count(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
