package com.avoma.webhooks.config.console.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// When a webhook's attempts failed, from the log itself; test sends do not count.
@Component
class LastFailureRepository {
    private final DatabaseClient database;

    LastFailureRepository(DatabaseClient database) {
        this.database = database;
    }

    /// The start of the last attempt that failed of those that started in a part of the time; empty
    /// where the log has none of them any more.
    ///
    /// @param until not in it
    Mono<Instant> between(UUID organization, UUID webhook, Instant from, Instant until) {
        return database.sql(
                        """
                        select started_at from attempts
                        where organization_uuid = :organization and webhook_uuid = :webhook
                            and outcome in ('refused', 'unreachable') and not test
                            and started_at >= :from and started_at < :until
                        order by started_at desc limit 1
                        """)
                .bind("organization", organization)
                .bind("webhook", webhook)
                .bind("from", from)
                .bind("until", until)
                .map(row -> requireNonNull(row.get("started_at", Instant.class)))
                .one();
    }
}
