package com.avoma.webhooks.delivery.isolation;

/// What is known of a webhook's endpoint.
enum Standing {
    /// It answers within a moment.
    PROVEN,
    /// Nothing yet.
    UNPROVEN,
    /// It takes seconds, or hangs.
    SLOW
}
