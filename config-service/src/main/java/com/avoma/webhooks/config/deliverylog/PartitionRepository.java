package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.config.isolation.Scope;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.LongStream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The days of the log: made ahead, dropped when their time is over. One instance at a time; a day
/// is made or dropped once, whoever tries.
@Component
class PartitionRepository {
    /// As long as an event waits on Kafka.
    private static final int DAYS_BEFORE = 8;

    private static final int DAYS_AHEAD = 3;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final LogProperties properties;
    private final Clock clock;

    PartitionRepository(
            DatabaseClient database,
            TransactionalOperator transaction,
            LogProperties properties,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    /// Makes and drops what is due, and completes with how many days or tables that were.
    Mono<Long> keep() {
        var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        var before = today.minusDays(properties.retention().toDays());
        var days =
                Flux.fromStream(() ->
                        LongStream.rangeClosed(-DAYS_BEFORE, DAYS_AHEAD)
                                .mapToObj(today::plusDays)
                                .filter(day -> !day.isBefore(before)));
        return days.concatMap(this::make)
                .concatWith(drop(before))
                .reduce(0L, Long::sum)
                .contextWrite(Scope.every(Scope.Reason.HOUSEKEEPING));
    }

    /// Erases what is not kept as long as its day, and completes with how many rows that were.
    /// First nobody writes it any more, then it goes: so nothing of it comes in behind.
    Mono<Long> erase() {
        var now = clock.instant();
        var today = now.atZone(ZoneOffset.UTC).toLocalDate();
        var closed = today.minusDays(properties.excerpts().toDays());
        var counted = now.minus(properties.statistics());
        return locked(close(closed))
                .then(locked(excerpts()))
                .concatWith(locked(statistics("attempt_statistics", counted)))
                .concatWith(locked(statistics("attempt_statistics_spans", counted)))
                .reduce(0L, Long::sum)
                .contextWrite(Scope.every(Scope.Reason.HOUSEKEEPING));
    }

    private Mono<Long> close(LocalDate before) {
        return database.sql(
                        """
                        update log_retention set excerpts_closed = :before
                        where excerpts_closed < :before
                        """)
                .bind("before", before)
                .fetch()
                .rowsUpdated();
    }

    /// A day of them takes longer than a request may.
    private Mono<Long> excerpts() {
        return database.sql("set local statement_timeout = '30min'")
                .then()
                .then(
                        database.sql("select erase_log_excerpts() as erased")
                                .map(row -> {
                                    var erased = row.get("erased", Long.class);
                                    return erased == null ? 0L : erased;
                                })
                                .one());
    }

    private Mono<Long> statistics(String table, Instant before) {
        return database.sql("delete from " + table + " where at < :before")
                .bind("before", before)
                .fetch()
                .rowsUpdated();
    }

    /// A transaction each, so that the locks are short.
    private Mono<Long> make(LocalDate day) {
        return locked(
                database.sql("select make_log_day(:day) as made")
                        .bind("day", day)
                        .map(row -> Boolean.TRUE.equals(row.get("made", Boolean.class)) ? 1L : 0L)
                        .one());
    }

    private Mono<Long> drop(LocalDate before) {
        return locked(
                database.sql("select drop_log_days(:before) as dropped")
                        .bind("before", before)
                        .map(row -> {
                            var dropped = row.get("dropped", Integer.class);
                            return dropped == null ? 0L : dropped;
                        })
                        .one());
    }

    /// Who waits for a table that is read gives up soon, for others wait behind it.
    private Mono<Long> locked(Mono<Long> work) {
        return transaction.transactional(
                database.sql("set local lock_timeout = '2s'")
                        .then()
                        .then(database.sql("select pg_advisory_xact_lock(7716001)").then())
                        .then(work));
    }
}
