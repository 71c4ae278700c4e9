package com.avoma.webhooks.delivery.trace;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.trace.Propagation;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// Begins the span of an attempt: a child of the dispatch of its event, linked to the attempt
/// before. The receiver is told this span in `traceparent`.
public final class AttemptSpans {
    private final @Nullable Tracer tracer;

    /// @param tracer null where nothing is traced
    public AttemptSpans(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /// The attempt's trace: where nothing is traced, one that hands on what the producer sent.
    public AttemptTrace begin(DeliveryJob job) {
        return tracer == null ? new AttemptTrace.Untraced(job.trace()) : span(tracer, job);
    }

    private static AttemptTrace span(Tracer tracer, DeliveryJob job) {
        var builder =
                tracer.spanBuilder("deliver " + job.eventType())
                        .setSpanKind(SpanKind.CLIENT)
                        .setParent(Propagation.parent(job.trace()))
                        .setAttribute("http.request.method", "POST")
                        .setAttribute("webhooks.message.id", job.messageId())
                        .setAttribute(
                                "webhooks.organization.uuid", job.organizationUuid().toString())
                        .setAttribute("webhooks.webhook.uuid", job.webhookUuid().toString())
                        .setAttribute("webhooks.event.id", job.eventId())
                        .setAttribute("webhooks.event.type", job.eventType())
                        .setAttribute("webhooks.attempt", job.attempt());
        var previous = previousAttempt(job.trace());
        if (previous != null) {
            var link = Propagation.span(previous);
            if (link.isValid()) {
                builder.addLink(link);
            }
        }
        return new AttemptTrace.Traced(builder.startSpan(), job.trace());
    }

    private static @Nullable String previousAttempt(@Nullable TraceContext trace) {
        return trace == null ? null : trace.previousAttempt();
    }
}
