package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What is counted and kept by webhook: the ledger, the statistics and certificates. Rows are
/// written in an order that is the same everywhere, so that instances wait for each other and never
/// in a circle.
@Component
class AccountRepository {
    private final DatabaseClient database;

    AccountRepository(DatabaseClient database) {
        this.database = database;
    }

    private record LedgerRow(
            UUID organizationUuid,
            UUID webhookUuid,
            LocalDate day,
            long accepted,
            long filtered,
            long delivered,
            long deadLettered,
            long canceled,
            long unexpected) {}

    private record StatisticsRow(
            UUID organizationUuid,
            UUID webhookUuid,
            Instant at,
            int measure,
            int slot,
            long count) {}

    private record CertificateRow(
            UUID organizationUuid,
            UUID webhookUuid,
            Instant expiresAt,
            Instant seenAt,
            @Nullable String targetUrl) {}

    Mono<Void> saveLedger(Accounts accounts) {
        var changes = accounts.changes();
        if (changes.isEmpty()) {
            return Mono.empty();
        }
        var rows =
                changes.entrySet().stream()
                        .map(entry -> {
                            var account = entry.getKey();
                            var change = entry.getValue();
                            return new LedgerRow(
                                    account.organizationUuid(),
                                    account.webhookUuid(),
                                    account.day(),
                                    change.accepted(),
                                    change.filtered(),
                                    change.delivered(),
                                    change.deadLettered(),
                                    change.canceled(),
                                    change.unexpected());
                        })
                        .toList();
        return database.sql(
                        """
                        insert into ledger_days (organization_uuid, webhook_uuid, day, accepted,
                            filtered, delivered, dead_lettered, canceled, unexpected)
                        select * from json_to_recordset(:rows::json) as r(
                            organization_uuid uuid, webhook_uuid uuid, day date, accepted bigint,
                            filtered bigint, delivered bigint, dead_lettered bigint,
                            canceled bigint, unexpected bigint)
                        on conflict (organization_uuid, webhook_uuid, day) do update set
                            accepted = ledger_days.accepted + excluded.accepted,
                            filtered = ledger_days.filtered + excluded.filtered,
                            delivered = ledger_days.delivered + excluded.delivered,
                            dead_lettered = ledger_days.dead_lettered + excluded.dead_lettered,
                            canceled = ledger_days.canceled + excluded.canceled,
                            unexpected = ledger_days.unexpected + excluded.unexpected
                        """)
                .bind("rows", LogRepository.json(rows))
                .then();
    }

    Mono<Void> saveStatistics(AttemptTally tally) {
        return tally.counts().isEmpty()
                ? Mono.empty()
                : add("attempt_statistics", tally.counts())
                        .then(add("attempt_statistics_spans", tally.spans()));
    }

    private Mono<Void> add(String table, SortedMap<AttemptTally.Cell, Long> counts) {
        var rows =
                counts.entrySet().stream()
                        .map(entry -> {
                            var cell = entry.getKey();
                            return new StatisticsRow(
                                    cell.organizationUuid(),
                                    cell.webhookUuid(),
                                    cell.at(),
                                    cell.measure(),
                                    cell.slot(),
                                    entry.getValue());
                        })
                        .toList();
        return database.sql(
                        """
                        insert into %1$s
                        select * from json_to_recordset(:rows::json) as r(
                            organization_uuid uuid, webhook_uuid uuid, at timestamptz,
                            measure smallint, slot smallint, count bigint)
                        on conflict (organization_uuid, webhook_uuid, at, measure, slot)
                        do update set count = %1$s.count + excluded.count
                        """
                                .formatted(table))
                .bind("rows", LogRepository.json(rows))
                .then();
    }

    /// The one of the latest attempt that showed one holds.
    Mono<Void> saveCertificates(Collection<AttemptRecord> attempts) {
        SortedMap<UUID, CertificateRow> latest = new TreeMap<>();
        var order = Comparator.comparing(CertificateRow::seenAt);
        for (var attempt : attempts) {
            if (attempt.certificateExpiresAt() != null) {
                latest.merge(
                        attempt.webhookUuid(),
                        new CertificateRow(
                                attempt.organizationUuid(),
                                attempt.webhookUuid(),
                                attempt.certificateExpiresAt(),
                                attempt.startedAt(),
                                attempt.targetUrl()),
                        (one, other) -> order.compare(one, other) < 0 ? other : one);
            }
        }
        if (latest.isEmpty()) {
            return Mono.empty();
        }
        return database.sql(
                        """
                        insert into receiver_certificates
                            (organization_uuid, webhook_uuid, expires_at, seen_at, target_url)
                        select * from json_to_recordset(:rows::json) as r(
                            organization_uuid uuid, webhook_uuid uuid, expires_at timestamptz,
                            seen_at timestamptz, target_url text)
                        on conflict (organization_uuid, webhook_uuid) do update set
                            expires_at = excluded.expires_at, seen_at = excluded.seen_at,
                            target_url = excluded.target_url
                        where receiver_certificates.seen_at < excluded.seen_at
                        """)
                .bind("rows", LogRepository.json(latest.values()))
                .then();
    }
}
