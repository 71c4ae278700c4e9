package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.replay.Only;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/// A recovery as the API answers it.
///
/// @param since events from this time on
/// @param until events before this time
/// @param matched deliveries that are to be sent, as far as they are counted
/// @param sent of them, how many were handed to delivery-service
/// @param expired deliveries of that time whose body retention has taken: they cannot be sent
@Schema(name = "Recovery")
public record Recovery(
        UUID id,
        Instant since,
        Instant until,
        Only only,
        boolean dryRun,
        Status status,
        long matched,
        long sent,
        long expired,
        Instant created) {

    /// Where it is.
    public enum Status {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("canceled")
        CANCELED
    }
}
