package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.replay.Only;
import com.avoma.webhooks.config.replay.Range;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What the delivery log knows of what a recovery finds.
@Component
class KnownDeliveryRepository {
    private final DatabaseClient database;

    KnownDeliveryRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Those of the ids that the log has.
    Mono<Map<String, LoggedDelivery>> of(UUID organization, Collection<String> ids) {
        return ids.isEmpty()
                ? Mono.just(Map.of())
                : database.sql(
                                """
                                select * from deliveries
                                where organization_uuid = :organization
                                  and message_id = any(:ids)
                                """)
                        .bind("organization", organization)
                        .bind("ids", ids.toArray(String[]::new))
                        .map(DeliveryRepository::read)
                        .all()
                        .collectMap(LoggedDelivery::messageId);
    }

    /// The first day of which the log has deliveries of the range's webhook; it may be before it.
    Mono<LocalDate> first(Range range) {
        return database.sql(
                        """
                        select day from ledger_days
                        where organization_uuid = :organization and webhook_uuid = :webhook
                          and day >= (select closed_before from log_retention)
                        order by day limit 1
                        """)
                .bind("organization", range.organization())
                .bind("webhook", range.webhook())
                .mapValue(LocalDate.class)
                .one();
    }

    /// How many ended deliveries of a range the log has that are to be found again.
    Mono<Long> count(Range range) {
        return database.sql(
                        """
                        select count(*) from deliveries
                        where organization_uuid = :organization and webhook_uuid = :webhook
                          and created >= :since and created < :until and not test
                          and (status = 'dead_lettered' or status = 'delivered' and :all)
                        """)
                .bind("organization", range.organization())
                .bind("webhook", range.webhook())
                .bind("since", range.since())
                .bind("until", range.until())
                .bind("all", range.only() == Only.ALL)
                .mapValue(Long.class)
                .one();
    }

    /// When the oldest event happened that was given up; empty: there is none.
    Mono<Instant> oldestFailed(UUID organization, UUID webhook) {
        return database.sql(
                        """
                        select created from deliveries
                        where organization_uuid = :organization and webhook_uuid = :webhook
                          and status = 'dead_lettered' and not test
                        order by created limit 1
                        """)
                .bind("organization", organization)
                .bind("webhook", webhook)
                .mapValue(Instant.class)
                .one();
    }
}
