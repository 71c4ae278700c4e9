package com.avoma.webhooks.config.publication;

import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Which instance does what one alone may do. By the database's clock, so instances' clocks do not
/// matter. Blocks: [LeasedLoop]'s thread is its own.
@Component
public class LeaseRepository {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final DatabaseClient database;

    LeaseRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Takes or renews a lease.
    ///
    /// @return whether the holder has it now
    boolean take(String name, UUID holder, Duration time) {
        return update(
                        database.sql(
                                        """
                                        update publication_lease
                                        set holder = :holder, expires_at =
                                            clock_timestamp() + :millis * interval '1 millisecond'
                                        where name = :name
                                          and (holder = :holder or expires_at < clock_timestamp())
                                        """)
                                .bind("name", name)
                                .bind("holder", holder)
                                .bind("millis", time.toMillis()))
                == 1;
    }

    /// Lets another instance have it at once.
    void release(String name, UUID holder) {
        update(
                database.sql(
                                """
                                update publication_lease set expires_at = '-infinity'
                                where name = :name and holder = :holder
                                """)
                        .bind("name", name)
                        .bind("holder", holder));
    }

    private static long update(DatabaseClient.GenericExecuteSpec statement) {
        Mono<Long> rows = statement.fetch().rowsUpdated();
        return rows.blockOptional(TIMEOUT).orElse(0L);
    }
}
