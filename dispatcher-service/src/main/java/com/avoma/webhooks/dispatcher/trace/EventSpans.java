package com.avoma.webhooks.dispatcher.trace;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.trace.Propagation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// Begins the span of an event's dispatch, under the producer's trace where it sent one. The jobs
/// go on under this span. Names of attributes are OpenTelemetry's for messaging, and ours.
public final class EventSpans {
    private final @Nullable Tracer tracer;

    /// @param tracer null where nothing is traced
    public EventSpans(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /// A span that is the caller's to end, once the transaction of its jobs is committed; null
    /// where nothing is traced.
    ///
    /// @param origin of the event's record
    public @Nullable Span begin(MeetingEvent event, Position origin) {
        if (tracer == null) {
            return null;
        }
        return tracer.spanBuilder("dispatch " + origin.topic())
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(Propagation.parent(event.trace()))
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", origin.topic())
                .setAttribute(
                        "messaging.destination.partition.id", Integer.toString(origin.partition()))
                .setAttribute("messaging.kafka.offset", origin.offset())
                .setAttribute("webhooks.organization.uuid", event.organizationId().toString())
                .setAttribute("webhooks.event.id", event.id())
                .setAttribute("webhooks.event.type", event.type().name())
                .startSpan();
    }
}
