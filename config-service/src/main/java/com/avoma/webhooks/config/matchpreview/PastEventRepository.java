package com.avoma.webhooks.config.matchpreview;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/// The events of an organization, out of the delivery log's decisions: those from when it had a
/// webhook, for as long as `webhooks.log.retention` keeps them.
@Component
class PastEventRepository {
    private final DatabaseClient database;

    PastEventRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Newest first. An event that was published twice was decided twice and is there twice.
    Flux<PastEvent> latest(UUID organization, int limit) {
        return database.sql(
                        """
                        select event_id, event_type, created, user_teams from decisions
                        where organization_uuid = :organization
                        order by created desc limit :limit
                        """)
                .bind("organization", organization)
                .bind("limit", limit)
                .map(row ->
                        new PastEvent(
                                requireNonNull(row.get("event_id", String.class)),
                                requireNonNull(row.get("event_type", String.class)),
                                requireNonNull(row.get("created", Instant.class)),
                                Set.of(requireNonNull(row.get("user_teams", UUID[].class)))))
                .all();
    }
}
