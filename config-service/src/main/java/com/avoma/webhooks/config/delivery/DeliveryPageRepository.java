package com.avoma.webhooks.config.delivery;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.deliverylog.EventHash;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// Parts of the log, newest first. Each filter has an index that begins with it and ends with the
/// order, so a part costs what is in it, wherever it is.
@Component
class DeliveryPageRepository {
    /// The count of a list is exact up to here: to count millions takes seconds.
    static final int COUNTED = 1_000;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    DeliveryPageRepository(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /// Conditions and what they compare with.
    private record Conditions(List<String> texts, Map<String, Object> values) {
        void add(String text, String name, @Nullable Object value) {
            if (value != null) {
                texts.add(text);
                values.put(name, value);
            }
        }

        DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec statement) {
            var bound = statement;
            for (var value : values.entrySet()) {
                bound = bound.bind(value.getKey(), value.getValue());
            }
            return bound;
        }

        String where() {
            return String.join(" and ", texts);
        }
    }

    /// A part of a list.
    ///
    /// @param count of the whole list, up to [#COUNTED]
    record Part(int count, List<LoggedDelivery> deliveries) {}

    /// @param older whether those after the border in the list's order, nearest first, or before
    /// @param border null: the list's beginning
    Mono<Part> part(
            UUID organization,
            DeliveryFilter filter,
            boolean older,
            LoggedDelivery.@Nullable Key border,
            int limit) {
        return transaction.transactional(
                alongIndexes(filter)
                        .then(count(organization, filter))
                        .flatMap(count ->
                                deliveries(organization, filter, older, border, limit)
                                        .map(deliveries -> new Part(count, deliveries))));
    }

    /// Has the lists read in their order. By itself PostgreSQL would rather sort or look through
    /// whole days: it takes row-level security for a filter that leaves hardly any row. Of one
    /// event there are few, and they are not in that order.
    private Mono<Void> alongIndexes(DeliveryFilter filter) {
        var sorted = filter.eventId() == null ? ", set_config('enable_sort', 'off', true)" : "";
        return database.sql(
                        """
                        select set_config('plan_cache_mode', 'force_generic_plan', true),
                            set_config('max_parallel_workers_per_gather', '0', true),
                            set_config('enable_seqscan', 'off', true),
                            set_config('enable_bitmapscan', 'off', true)
                        """
                                + sorted)
                .then();
    }

    private Mono<List<LoggedDelivery>> deliveries(
            UUID organization,
            DeliveryFilter filter,
            boolean older,
            LoggedDelivery.@Nullable Key border,
            int limit) {
        var conditions = conditions(organization, filter);
        if (border != null) {
            // the second condition says which days need not be looked at
            conditions.add(
                    older
                            ? "(created, message_id) < (:at, :id collate \"C\") and created <= :at"
                            : "(created, message_id) > (:at, :id collate \"C\") and created >= :at",
                    "at",
                    border.created());
            conditions.values().put("id", border.messageId());
        }
        var order = older ? "created desc, message_id desc" : "created asc, message_id asc";
        return conditions
                .bind(
                        database.sql(
                                "select * from deliveries where %s order by %s limit %d"
                                        .formatted(conditions.where(), order, limit)))
                .map(DeliveryRepository::read)
                .all()
                .collectList();
    }

    private Mono<Integer> count(UUID organization, DeliveryFilter filter) {
        var conditions = conditions(organization, filter);
        return conditions
                .bind(
                        database.sql(
                                """
                                select cast(count(*) as integer) as counted from
                                    (select 1 from deliveries where %s limit %d) as part
                                """
                                        .formatted(conditions.where(), COUNTED)))
                .map(row -> requireNonNull(row.get("counted", Integer.class)))
                .one();
    }

    private static Conditions conditions(UUID organization, DeliveryFilter filter) {
        var conditions = new Conditions(new ArrayList<>(), new LinkedHashMap<>());
        conditions.add("organization_uuid = :organization", "organization", organization);
        conditions.add("webhook_uuid = :webhook", "webhook", filter.webhook());
        conditions.add("event_type = :type", "type", filter.eventType());
        conditions.add(
                "status = :status",
                "status",
                filter.status() == null ? null : filter.status().text());
        conditions.add("created >= :since", "since", filter.since());
        conditions.add("created < :until", "until", filter.until());
        if (filter.eventId() != null) {
            conditions.add("event_hash = :hash", "hash", EventHash.of(filter.eventId()));
            conditions.add("event_id = :event", "event", filter.eventId());
        }
        return conditions;
    }
}
