package com.avoma.webhooks.config.publication;

import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Which instance publishes. By the database's clock, so instances' clocks do not matter.
@Component
public class LeaseRepository {
    private final DatabaseClient database;

    LeaseRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Takes or renews the lease.
    ///
    /// @return whether the holder has it now
    Mono<Boolean> take(UUID holder, Duration time) {
        return database.sql(
                        """
                        update publication_lease
                        set holder = :holder,
                            expires_at = clock_timestamp() + :millis * interval '1 millisecond'
                        where name = 'webhook-config'
                          and (holder = :holder or expires_at < clock_timestamp())
                        """)
                .bind("holder", holder)
                .bind("millis", time.toMillis())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /// Lets another instance have it at once.
    Mono<Void> release(UUID holder) {
        return database.sql(
                        """
                        update publication_lease set expires_at = '-infinity'
                        where name = 'webhook-config' and holder = :holder
                        """)
                .bind("holder", holder)
                .then();
    }
}
