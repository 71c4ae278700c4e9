package com.avoma.webhooks.config.ratelimit;

import java.time.Duration;

/// What came of taking a token from a bucket.
sealed interface Allowance {
    record Granted() implements Allowance {}

    /// @param untilNext until there is one
    record Exhausted(Duration untilNext) implements Allowance {}
}
