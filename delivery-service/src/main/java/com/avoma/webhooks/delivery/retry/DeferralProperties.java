package com.avoma.webhooks.delivery.retry;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `webhooks.delivery.deferral`
///
/// @param longest how long a job may be put off because its webhook takes less than it gets; after
///   that it is a dead letter. Longer saves more of what a long outage held up, and sends it staler
public record DeferralProperties(@DefaultValue("48h") Duration longest) {
    public DeferralProperties {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("longest: " + longest + " (expected: > 0)");
        }
    }
}
