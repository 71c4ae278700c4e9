package com.avoma.webhooks.config.deactivation;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.deactivation.Streak.Failure;
import com.avoma.webhooks.config.deactivation.Streak.Told;
import com.avoma.webhooks.config.notification.Notice;
import com.avoma.webhooks.config.notification.NoticeRepository;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The streaks' rows, one for each webhook that was ever sent to.
@Component
class StreakRepository {
    private static final String COLUMNS =
            """
            select s.organization_uuid, s.webhook_uuid, s.cleared_at, s.failures, s.first_failure,
                   s.gone_at, s.recent::text as recent, s.told, w.failures_since, w.version
            from webhook_streaks s join webhooks w
              on w.organization_uuid = s.organization_uuid and w.uuid = s.webhook_uuid
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final NoticeRepository notices;

    StreakRepository(
            DatabaseClient database, TransactionalOperator transaction, NoticeRepository notices) {
        this.database = database;
        this.transaction = transaction;
        this.notices = notices;
    }

    /// A webhook and its streak.
    ///
    /// @param version of the webhook
    record Found(UUID organization, UUID webhook, long version, Streak streak) {}

    /// Takes attempts into account, all of them or none. Those of webhooks that are deleted are
    /// passed over.
    Mono<Void> take(Map<UUID, List<Attempted>> attempts) {
        var webhooks = attempts.keySet().toArray(UUID[]::new);
        var taken =
                locked(webhooks)
                        .flatMap(rows ->
                                rows.size() == webhooks.length
                                        ? Mono.just(rows)
                                        : begin(webhooks).then(locked(webhooks)))
                        .flatMap(rows -> save(changed(rows, attempts)));
        return attempts.isEmpty() ? Mono.empty() : transaction.transactional(taken);
    }

    /// Active webhooks that something follows for at a time.
    Flux<Found> due(DeactivationPolicy policy, Instant now, int limit) {
        return database.sql(
                        COLUMNS
                                + """
                                where w.is_active
                                  and (s.gone_at > w.failures_since
                                    or s.failures >= :failures
                                    and s.first_failure > w.failures_since
                                    and (s.told = 'NOTHING'
                                      or s.told = 'FAILING' and s.first_failure <= :halfway
                                      or s.first_failure <= :due))
                                order by s.first_failure limit :limit
                                """)
                .bind("failures", policy.consecutiveFailures())
                .bind("halfway", policy.halfwaySince(now))
                .bind("due", policy.dueSince(now))
                .bind("limit", limit)
                .map(row -> read(row).found())
                .all();
    }

    /// Tells admins, unless they are told already or the streak is another by now.
    ///
    /// @return whether they are told by this
    Mono<Boolean> tell(Found found, Told told, Notice notice) {
        return transaction.transactional(
                noted(found, told)
                        .flatMap(noted ->
                                noted ? notices.add(notice).thenReturn(true) : Mono.just(false)));
    }

    private Mono<Boolean> noted(Found found, Told told) {
        return database.sql(
                        """
                        update webhook_streaks set told = :told
                        where organization_uuid = :organization and webhook_uuid = :webhook
                          and told = :known and first_failure = :first
                        """)
                .bind("told", told.name())
                .bind("organization", found.organization())
                .bind("webhook", found.webhook())
                .bind("known", found.streak().told().name())
                .bind("first", requireNonNull(found.streak().firstFailure()))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private Mono<List<Row>> locked(UUID[] webhooks) {
        return database.sql(
                        COLUMNS
                                + """
                                where s.webhook_uuid = any(:webhooks)
                                order by s.webhook_uuid for update of s
                                """)
                .bind("webhooks", webhooks)
                .map(StreakRepository::read)
                .all()
                .collectList();
    }

    private Mono<Void> begin(UUID[] webhooks) {
        return database.sql(
                        """
                        insert into webhook_streaks (organization_uuid, webhook_uuid)
                        select organization_uuid, uuid from webhooks where uuid = any(:webhooks)
                        order by uuid on conflict do nothing
                        """)
                .bind("webhooks", webhooks)
                .then();
    }

    private static List<Changed> changed(List<Row> rows, Map<UUID, List<Attempted>> attempts) {
        List<Changed> changed = new ArrayList<>();
        for (var row : rows) {
            var streak = row.found().streak().clearedAt(row.failuresSince());
            for (var attempt : attempts.getOrDefault(row.found().webhook(), List.of())) {
                streak = streak.after(attempt);
            }
            if (!streak.equals(row.found().streak())) {
                changed.add(Changed.of(row.found().webhook(), streak));
            }
        }
        return changed;
    }

    private Mono<Void> save(List<Changed> changed) {
        return changed.isEmpty()
                ? Mono.empty()
                : database.sql(
                                """
                                update webhook_streaks s
                                set cleared_at = c.cleared_at, failures = c.failures,
                                    first_failure = c.first_failure, gone_at = c.gone_at,
                                    recent = c.recent, told = c.told
                                from json_to_recordset(cast(:changed as json)) as c(webhook uuid,
                                    cleared_at timestamptz, failures bigint,
                                    first_failure timestamptz, gone_at timestamptz, recent json,
                                    told text)
                                where s.webhook_uuid = c.webhook
                                """)
                        .bind("changed", text(changed))
                        .then();
    }

    /// @param failuresSince of the webhook: what started by then does not count
    private record Row(Found found, Instant failuresSince) {}

    /// A streak as PostgreSQL reads it.
    private record Changed(
            UUID webhook,
            @Nullable Instant clearedAt,
            long failures,
            @Nullable Instant firstFailure,
            @Nullable Instant goneAt,
            List<Failure> recent,
            Told told) {

        static Changed of(UUID webhook, Streak streak) {
            return new Changed(
                    webhook,
                    streak.clearedAt(),
                    streak.failures(),
                    streak.firstFailure(),
                    streak.goneAt(),
                    streak.recent(),
                    streak.told());
        }
    }

    private static Row read(Readable row) {
        var recent = requireNonNull(row.get("recent", String.class));
        var streak =
                new Streak(
                        row.get("cleared_at", Instant.class),
                        requireNonNull(row.get("failures", Long.class)),
                        row.get("first_failure", Instant.class),
                        row.get("gone_at", Instant.class),
                        List.of(
                                Json.read(
                                        recent.getBytes(StandardCharsets.UTF_8), Failure[].class)),
                        Told.valueOf(requireNonNull(row.get("told", String.class))));
        return new Row(
                new Found(
                        requireNonNull(row.get("organization_uuid", UUID.class)),
                        requireNonNull(row.get("webhook_uuid", UUID.class)),
                        requireNonNull(row.get("version", Long.class)),
                        streak),
                requireNonNull(row.get("failures_since", Instant.class)));
    }

    private static String text(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }
}
