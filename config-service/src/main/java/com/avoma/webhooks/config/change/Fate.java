package com.avoma.webhooks.config.change;

/// What became of a change that was handed to the database.
enum Fate {
    /// It is committed and not published yet.
    WAITING,
    PUBLISHED,
    /// It was not published in time and is undone, or it never was committed.
    NOT_MADE,
    /// Nobody can say.
    UNKNOWN
}
