package com.avoma.webhooks.delivery.isolation;

/// What a job is to others of its webhook.
public enum Rank {
    /// Somebody waits for its answer: goes past every line, and is no evidence of anything.
    URGENT,
    /// A new event, a retry whose time has come, or one that an admin asked for.
    LIVE,
    /// One of many that are sent again.
    RECOVERED,
    /// It was put off before.
    DEFERRED;

    /// Whether live jobs go first.
    public boolean isBehind() {
        return this == RECOVERED || this == DEFERRED;
    }
}
