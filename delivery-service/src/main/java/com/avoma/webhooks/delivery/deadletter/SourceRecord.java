package com.avoma.webhooks.delivery.deadletter;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A record as it came off Kafka. The arrays are shared, treat them as read-only.
///
/// @param position where it is
/// @param headers in their order; a list is made for those who ask, because nearly every record is
///   a job that is delivered, and nobody does
public record SourceRecord(
        Position position,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Supplier<List<Header>> headers) {

    /// One header, its value as it came.
    public record Header(String name, byte @Nullable [] value) {}
}
