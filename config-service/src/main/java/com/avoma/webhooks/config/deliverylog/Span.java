package com.avoma.webhooks.config.deliverylog;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/// Where deliveries are found: their ids, and the time that they lie in, so that PostgreSQL looks
/// into the days of that time only, by the ids, however it thinks of their number.
///
/// @param first the earliest of them
/// @param last the latest of them
@SuppressWarnings("ArrayRecordComponent") // never compared: what a statement is bound to
public record Span(String[] ids, Instant first, Instant last) {
    /// @param deliveries at least one
    public static Span of(Collection<LoggedDelivery> deliveries) {
        return new Span(
                deliveries.stream().map(LoggedDelivery::messageId).sorted().toArray(String[]::new),
                deliveries.stream()
                        .map(LoggedDelivery::created)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                deliveries.stream()
                        .map(LoggedDelivery::created)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }
}
