package com.avoma.webhooks.config.ratelimit;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.web.WebConfiguration;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The token buckets of all callers, shared by all instances. A bucket that is refilled evenly is
/// one moment: when it will be full again. A request moves it on by the time in which its token
/// flows back, and a bucket that has no row is full.
@Component
class RateLimitRepository {
    private static final Logger log = LoggerFactory.getLogger(RateLimitRepository.class);

    private final DatabaseClient database;

    RateLimitRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Takes a token, in one statement and by the database's clock. Without counting where the
    /// database takes nothing: reading goes on then, and nothing else does.
    Mono<Allowance> take(Bucket bucket) {
        return database.sql(
                        """
                        insert into rate_limits as r (bucket, full_at, granted)
                        values (:bucket, now() + :interval * interval '1 second', true)
                        on conflict (bucket) do update set
                            granted = r.full_at <= now() + :last * interval '1 second',
                            full_at = case
                                when r.full_at <= now() + :last * interval '1 second'
                                then greatest(r.full_at, now()) + :interval * interval '1 second'
                                else r.full_at
                            end
                        returning granted,
                            cast(extract(epoch from full_at - now()) as double precision) as full_in
                        """)
                .bind("bucket", bucket.name())
                .bind("interval", bucket.interval())
                .bind("last", bucket.lastToken())
                .map(row ->
                        allowance(
                                bucket,
                                requireNonNull(row.get("granted", Boolean.class)),
                                requireNonNull(row.get("full_in", Double.class))))
                .one()
                .onErrorResume(
                        WebConfiguration::takesNothing,
                        fault -> {
                            log.warn("rate_limit.not_counted fault={}", fault.toString());
                            return Mono.just(new Allowance.Granted());
                        });
    }

    /// Forgets the buckets that are full.
    ///
    /// @return how many
    Mono<Long> sweep() {
        return database.sql("delete from rate_limits where full_at < now()").fetch().rowsUpdated();
    }

    private static Allowance allowance(Bucket bucket, boolean granted, double fullInSeconds) {
        if (granted) {
            return new Allowance.Granted();
        }
        double wait = fullInSeconds - bucket.lastToken();
        return new Allowance.Exhausted(Duration.ofMillis((long) Math.ceil(wait * 1_000)));
    }
}
