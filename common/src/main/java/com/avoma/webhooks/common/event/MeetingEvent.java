package com.avoma.webhooks.common.event;

import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.json.Payload;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A meeting event that was accepted: every attribute checked, the body normalised.
///
/// @param id unique per source, as the producer gave it
/// @param source the producer, a URI reference
/// @param type what happened
/// @param time when it happened, by the producer's clock
/// @param organizationId whose event it is
/// @param userId the attributed user, whose teams decide team scope; any text, unknown users are in
///   no team
/// @param trace the producer's trace context, if it sent one
/// @param body the body that will be sent, stable under JSON.stringify
public record MeetingEvent(
        String id,
        String source,
        TriggerEvent type,
        Instant time,
        UUID organizationId,
        String userId,
        @Nullable TraceContext trace,
        Payload body) {

    /// The same event in the course of another span.
    public MeetingEvent under(TraceContext trace) {
        return new MeetingEvent(id, source, type, time, organizationId, userId, trace, body);
    }
}
