package com.avoma.webhooks.config.deliverylog;

import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;

/// Tells a record that PostgreSQL will never take from a PostgreSQL that does not take anything
/// now.
final class DataFault {
    private DataFault() {}

    /// The SQLSTATE of a fault that lies in what was written: data that no column takes (22), that
    /// break a constraint (23), or that are too large for a row or an index (54). Null where it is
    /// another one, and writing the same again may succeed.
    static @Nullable String state(Throwable fault) {
        for (Throwable one = fault; one != null; one = one.getCause()) {
            if (one instanceof R2dbcException refused) {
                var state = refused.getSqlState();
                return state != null && state.matches("(22|23|54).*") ? state : null;
            }
        }
        return null;
    }
}
