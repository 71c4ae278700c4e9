package com.avoma.webhooks.config.change;

import java.util.UUID;

/// What came of applying a change in the database.
sealed interface Applied<T> {
    /// It is committed, and on its way to Kafka as this revision.
    record Changed<T>(T answer, long revision) implements Applied<T> {}

    /// There was nothing to change.
    record Unchanged<T>(T answer) implements Applied<T> {}

    /// Nothing was done: the change before it, of this revision, is not published yet.
    record Blocked<T>(long revision) implements Applied<T> {}

    /// The connection broke while it was being committed.
    ///
    /// @param change by which it is found, if it is committed
    record Unclear<T>(T answer, long revision, UUID change) implements Applied<T> {}
}
