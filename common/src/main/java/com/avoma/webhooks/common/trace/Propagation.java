package com.avoma.webhooks.common.trace;

import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Between the [TraceContext] of a job and OpenTelemetry's, as W3C Trace Context has it.
public final class Propagation {
    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<TraceContext> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(TraceContext trace) {
                    return List.of(JobRecord.TRACE_PARENT, JobRecord.TRACE_STATE);
                }

                @Override
                public @Nullable String get(@Nullable TraceContext trace, String name) {
                    return switch (name) {
                        case JobRecord.TRACE_PARENT -> Objects.requireNonNull(trace).parent();
                        case JobRecord.TRACE_STATE -> Objects.requireNonNull(trace).state();
                        default -> null;
                    };
                }
            };

    private Propagation() {}

    /// What a new span is a child of: nothing where there is no context, or it is malformed.
    public static Context parent(@Nullable TraceContext trace) {
        return trace == null ? Context.root() : W3C.extract(Context.root(), trace, HEADERS);
    }

    /// The span of a `traceparent`; an invalid one where that is malformed.
    public static SpanContext span(String traceParent) {
        return Span.fromContext(parent(new TraceContext(traceParent, null))).getSpanContext();
    }

    /// How what follows from a span is told that it does.
    public static TraceContext of(Span span) {
        Map<String, String> headers = new HashMap<>();
        W3C.inject(Context.root().with(span), headers, (map, name, value) -> put(map, name, value));
        return new TraceContext(
                Objects.requireNonNull(headers.get(JobRecord.TRACE_PARENT)),
                headers.get(JobRecord.TRACE_STATE));
    }

    private static void put(@Nullable Map<String, String> headers, String name, String value) {
        Objects.requireNonNull(headers).put(name, value);
    }
}
