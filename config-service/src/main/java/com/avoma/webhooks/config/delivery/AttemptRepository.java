package com.avoma.webhooks.config.delivery;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.deliverylog.Span;
import com.avoma.webhooks.config.diagnosis.Symptom;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The attempts of deliveries, as the API answers them: in their order in time, numbered anew, for
/// two may have the same number of the ladder. Ends without an attempt are none.
@Component
public class AttemptRepository {
    /// Of an answer's excerpt, in a list: 200 deliveries may have many.
    public static final int LISTED_EXCERPT = 1_024;

    private final DatabaseClient database;

    AttemptRepository(DatabaseClient database) {
        this.database = database;
    }

    private record Made(
            LoggedDelivery.Key key,
            Outcome outcome,
            @Nullable String targetUrl,
            long durationMs,
            boolean manual,
            Symptom symptom) {}

    /// @param excerpt characters of the answer's excerpt at most
    public Mono<Map<LoggedDelivery.Key, List<AttemptAnswer>>> of(
            UUID organization, Collection<LoggedDelivery> deliveries, int excerpt) {
        if (deliveries.isEmpty()) {
            return Mono.just(Map.of());
        }
        var span = Span.of(deliveries);
        return database.sql(
                        """
                        select message_id, created, started_at, outcome, status_code, failure,
                            detail, duration_ms, dns_ms, connect_ms, tls_ms, first_byte_ms,
                            left(response_excerpt, :excerpt) as response_excerpt, target_url,
                            manual, test,
                            certificate_expires_at, verdict, next_attempt_at
                        from attempts
                        where organization_uuid = :organization and message_id = any(:ids)
                            and created >= :first and created <= :last and outcome is not null
                        order by started_at, number
                        """)
                .bind("excerpt", excerpt)
                .bind("organization", organization)
                .bind("ids", span.ids())
                .bind("first", span.first())
                .bind("last", span.last())
                .map(AttemptRepository::read)
                .all()
                .collectList()
                .map(AttemptRepository::numbered);
    }

    private static Map<LoggedDelivery.Key, List<AttemptAnswer>> numbered(List<Made> inOrder) {
        Map<LoggedDelivery.Key, List<AttemptAnswer>> answers = new HashMap<>();
        for (var made : inOrder) {
            var attempts = answers.computeIfAbsent(made.key(), _ -> new ArrayList<>());
            attempts.add(
                    AttemptAnswer.of(
                            attempts.size() + 1,
                            made.outcome(),
                            made.targetUrl(),
                            made.durationMs(),
                            made.manual(),
                            made.symptom()));
        }
        return answers;
    }

    private static Made read(Readable row) {
        var outcome = Outcome.valueOf(upper(requireNonNull(row.get("outcome", String.class))));
        var failure = row.get("failure", String.class);
        return new Made(
                new LoggedDelivery.Key(
                        requireNonNull(row.get("message_id", String.class)),
                        requireNonNull(row.get("created", Instant.class))),
                outcome,
                row.get("target_url", String.class),
                requireNonNull(row.get("duration_ms", Long.class)),
                requireNonNull(row.get("manual", Boolean.class)),
                new Symptom(
                        outcome,
                        row.get("status_code", Integer.class),
                        failure == null ? null : Failure.valueOf(upper(failure)),
                        row.get("detail", String.class),
                        timings(row),
                        row.get("response_excerpt", String.class),
                        requireNonNull(row.get("test", Boolean.class)),
                        requireNonNull(row.get("started_at", Instant.class)),
                        row.get("certificate_expires_at", Instant.class),
                        Verdict.valueOf(upper(requireNonNull(row.get("verdict", String.class)))),
                        row.get("next_attempt_at", Instant.class)));
    }

    private static @Nullable Timings timings(Readable row) {
        var timings =
                new Timings(
                        row.get("dns_ms", Long.class),
                        row.get("connect_ms", Long.class),
                        row.get("tls_ms", Long.class),
                        row.get("first_byte_ms", Long.class));
        return timings.equals(new Timings(null, null, null, null)) ? null : timings;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
