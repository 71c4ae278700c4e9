package com.avoma.webhooks.delivery.retry;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `webhooks.delivery.retry`
///
/// @param delays the wait before each attempt after the first; their number is the number of
///   retries. Longer ladders outlast longer outages and keep jobs, and their topics, for longer
/// @param jitter the largest share of a delay that is added to it, never subtracted. More of it
///   spreads the retries of an outage better and makes their time less exact
public record RetryProperties(
        @DefaultValue({"5m", "30m", "2h", "12h", "24h"}) List<Duration> delays,
        @DefaultValue("0.1") double jitter) {

    public RetryProperties {
        delays = List.copyOf(delays);
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("delays: none (expected: at least one)");
        }
        for (var delay : delays) {
            if (delay.isNegative() || delay.isZero()) {
                throw new IllegalArgumentException("delays: " + delay + " (expected: > 0)");
            }
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter: " + jitter + " (expected: 0 to 1)");
        }
    }

    public RetryLadder ladder() {
        return new RetryLadder(delays, jitter);
    }
}
