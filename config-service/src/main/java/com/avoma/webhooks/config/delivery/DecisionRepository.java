package com.avoma.webhooks.config.delivery;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Decision;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.deliverylog.EventHash;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What was decided of events.
@Component
class DecisionRepository {
    private final DatabaseClient database;

    DecisionRepository(DatabaseClient database) {
        this.database = database;
    }

    /// The latest decision of an event id.
    Mono<RoutingDecision> latest(UUID organization, String eventId) {
        return database.sql(
                        """
                        select *, webhooks::text as decided from decisions
                        where organization_uuid = :organization and event_hash = :hash
                            and event_id = :event
                        order by decided_at desc, event_offset desc limit 1
                        """)
                .bind("organization", organization)
                .bind("hash", EventHash.of(eventId))
                .bind("event", eventId)
                .map(DecisionRepository::read)
                .one();
    }

    private static RoutingDecision read(Readable row) {
        var decided = requireNonNull(row.get("decided", String.class));
        return new RoutingDecision(
                requireNonNull(row.get("organization_uuid", UUID.class)),
                requireNonNull(row.get("event_id", String.class)),
                requireNonNull(row.get("event_source", String.class)),
                requireNonNull(row.get("event_type", String.class)),
                requireNonNull(row.get("user_uuid", String.class)),
                requireNonNull(row.get("created", Instant.class)),
                requireNonNull(row.get("decided_at", Instant.class)),
                requireNonNull(row.get("config_revision", Long.class)),
                Set.of(requireNonNull(row.get("user_teams", UUID[].class))),
                new Position(
                        requireNonNull(row.get("event_topic", String.class)),
                        requireNonNull(row.get("event_partition", Integer.class)),
                        requireNonNull(row.get("event_offset", Long.class))),
                List.of(Json.read(decided.getBytes(StandardCharsets.UTF_8), Decision[].class)));
    }
}
