package com.avoma.webhooks.config.recovery;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.replay.Only;
import com.avoma.webhooks.config.replay.Places;
import com.avoma.webhooks.config.replay.Range;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The table `recoveries`, as workers see it. What a worker writes holds only while the recovery
/// runs and is its own: one that slept through its lease changes nothing, and one whose recovery
/// was canceled notes its last page.
@Component
class ClaimRepository {
    private static final String OWN =
            """
            where organization_uuid = :organization and id = :id and worker = :worker
              and status = 'RUNNING'
            """;

    private final DatabaseClient database;

    ClaimRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Takes the running recovery that nobody is at and whose last turn is longest ago.
    Mono<Claim> claim(UUID worker, Duration lease) {
        return database.sql(
                        """
                        update recoveries
                        set worker = :worker, worked = clock_timestamp(),
                            worker_until = clock_timestamp() + :millis * interval '1 millisecond'
                        where (organization_uuid, id) = (
                            select organization_uuid, id from recoveries
                            where status = 'RUNNING' and worker_until < clock_timestamp()
                            order by worked, created limit 1 for update skip locked)
                        returning *, places::text as places_text
                        """)
                .bind("worker", worker)
                .bind("millis", lease.toMillis())
                .map(ClaimRepository::claim)
                .one();
    }

    /// Renews the lease.
    ///
    /// @return whether the recovery still runs and is this worker's
    Mono<Boolean> renew(UUID worker, Claim claim, Duration lease) {
        return database.sql(
                        """
                        update recoveries
                        set worker_until = clock_timestamp() + :millis * interval '1 millisecond'
                        """
                                + OWN)
                .bind("millis", lease.toMillis())
                .bind("organization", claim.range().organization())
                .bind("id", claim.id())
                .bind("worker", worker)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /// Notes what is done, and how far this phase has come; also of the page that was under way
    /// when the recovery was canceled, for it went out, and another recovery goes on behind it.
    Mono<Void> advance(UUID worker, Claim claim, Claim.Step step) {
        return database.sql(
                        """
                        update recoveries
                        set places = cast(:places as json), matched = matched + :matched,
                            found = found + :logged, sent = sent + :sent
                        where organization_uuid = :organization and id = :id and worker = :worker
                            and status in ('RUNNING', 'CANCELED')
                        """)
                .bind("places", text(step.places()))
                .bind("matched", step.matched())
                .bind("logged", step.logged())
                .bind("sent", step.sent())
                .bind("organization", claim.range().organization())
                .bind("id", claim.id())
                .bind("worker", worker)
                .then();
    }

    /// Ends the counting: what the log has and was not found is gone. A dry run is completed by it,
    /// and so is one that found nothing; of others the sending begins.
    ///
    /// @param logged deliveries that the log has
    Mono<Void> counted(UUID worker, Claim claim, long logged) {
        return database.sql(
                        """
                        update recoveries
                        set expired = greatest(0, :logged - found), phase = 'SENDING',
                            places = null,
                            status = case when dry_run or matched = 0 then 'COMPLETED'
                                else status end,
                            finished = case when dry_run or matched = 0 then clock_timestamp() end
                        """
                                + OWN)
                .bind("logged", logged)
                .bind("organization", claim.range().organization())
                .bind("id", claim.id())
                .bind("worker", worker)
                .then();
    }

    Mono<Void> complete(UUID worker, Claim claim) {
        return database.sql(
                        """
                        update recoveries set status = 'COMPLETED', finished = clock_timestamp()
                        """
                                + OWN)
                .bind("organization", claim.range().organization())
                .bind("id", claim.id())
                .bind("worker", worker)
                .then();
    }

    /// Lets others go on at once.
    Mono<Void> release(UUID worker) {
        return database.sql(
                        """
                        update recoveries set worker_until = '-infinity'
                        where worker = :worker and status = 'RUNNING'
                        """)
                .bind("worker", worker)
                .then();
    }

    private static String text(Places places) {
        return new String(Json.write(places), StandardCharsets.UTF_8);
    }

    private static Claim claim(Readable row) {
        var range =
                new Range(
                        requireNonNull(row.get("organization_uuid", UUID.class)),
                        requireNonNull(row.get("webhook_uuid", UUID.class)),
                        Only.valueOf(requireNonNull(row.get("only_what", String.class))),
                        requireNonNull(row.get("since", Instant.class)),
                        requireNonNull(row.get("until", Instant.class)));
        return new Claim(
                requireNonNull(row.get("id", UUID.class)),
                range,
                requireNonNull(row.get("dry_run", Boolean.class)),
                Claim.Phase.valueOf(requireNonNull(row.get("phase", String.class))),
                places(row.get("places_text", String.class)));
    }

    private static @Nullable Places places(@Nullable String json) {
        return json == null ? null : Json.read(json.getBytes(StandardCharsets.UTF_8), Places.class);
    }
}
