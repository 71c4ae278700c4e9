package com.avoma.webhooks.config.replay;

import java.time.Instant;
import java.util.UUID;

/// Which events of an organization are looked for, for one of its webhooks.
///
/// @param since events from this time on
/// @param until events before this time
public record Range(UUID organization, UUID webhook, Only only, Instant since, Instant until) {
    boolean has(Instant eventTime) {
        return !eventTime.isBefore(since) && eventTime.isBefore(until);
    }
}
