package com.avoma.webhooks.config.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Which events of an organization are looked for, for one of its webhooks.
///
/// @param since events from this time on
/// @param until events before this time
public record Range(UUID organization, UUID webhook, Only only, Instant since, Instant until) {
    boolean has(Instant eventTime) {
        return !eventTime.isBefore(since) && eventTime.isBefore(until);
    }

    /// It in parts of a day, from a time in it on.
    public List<Range> days(Instant from) {
        List<Range> days = new ArrayList<>();
        for (var at = from; at.isBefore(until); at = at.plus(Duration.ofDays(1))) {
            var end = at.plus(Duration.ofDays(1));
            days.add(new Range(organization, webhook, only, at, end.isBefore(until) ? end : until));
        }
        return days;
    }
}
