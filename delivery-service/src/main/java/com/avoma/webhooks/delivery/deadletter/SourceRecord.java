package com.avoma.webhooks.delivery.deadletter;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record as it came off Kafka. The arrays are shared, treat them as read-only.
///
/// @param position where it is
public record SourceRecord(
        Position position, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

    /// One header, its value as it came.
    public record Header(String name, byte @Nullable [] value) {}

    public SourceRecord {
        headers = List.copyOf(headers);
    }
}
