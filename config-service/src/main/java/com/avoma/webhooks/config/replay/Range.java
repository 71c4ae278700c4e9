package com.avoma.webhooks.config.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

    /// It in parts, none longer than a day.
    ///
    /// @param first the first day of interest; it may be before the range
    public List<Range> days(LocalDate first) {
        List<Range> days = new ArrayList<>();
        var start = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        for (var at = start.isAfter(since) ? start : since; at.isBefore(until); ) {
            var next = at.plus(Duration.ofDays(1));
            var end = next.isBefore(until) ? next : until;
            days.add(new Range(organization, webhook, only, at, end));
            at = end;
        }
        return days;
    }
}
