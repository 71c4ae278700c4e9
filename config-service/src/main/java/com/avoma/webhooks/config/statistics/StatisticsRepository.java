package com.avoma.webhooks.config.statistics;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.statistics.Summary.Count;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What the log has counted of a webhook.
@Component
class StatisticsRepository {
    private final DatabaseClient database;

    StatisticsRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Added up by bucket, so that a year is not more than a day.
    Mono<List<Count>> counts(UUID organization, UUID webhook, Period period) {
        return database.sql(
                        """
                        select date_bin(cast(:bucket as interval), at, :from) as at, measure, slot,
                            cast(sum(count) as bigint) as times
                        from %s
                        where organization_uuid = :organization and webhook_uuid = :webhook
                            and at >= :from and at < :until
                        group by 1, 2, 3
                        """
                                .formatted(
                                        period.isLong()
                                                ? "attempt_statistics_spans"
                                                : "attempt_statistics"))
                .bind("bucket", period.bucket().toString())
                .bind("from", period.from())
                .bind("until", period.until())
                .bind("organization", organization)
                .bind("webhook", webhook)
                .map(row ->
                        new Count(
                                requireNonNull(row.get("at", Instant.class)),
                                requireNonNull(row.get("measure", Short.class)),
                                requireNonNull(row.get("slot", Short.class)),
                                requireNonNull(row.get("times", Long.class))))
                .all()
                .collectList();
    }
}
