package com.avoma.webhooks.common.job;

import org.jspecify.annotations.Nullable;

/// A W3C trace context as it travels in headers.
///
/// @param parent the `traceparent` header
/// @param state the `tracestate` header, if there was one
/// @param previousAttempt the `traceparent` of the attempt before, where there was one and it was
///   traced
public record TraceContext(
        String parent, @Nullable String state, @Nullable String previousAttempt) {

    /// One that no attempt was made under.
    public TraceContext(String parent, @Nullable String state) {
        this(parent, state, null);
    }

    /// The same, for the attempt that comes after the one of this `traceparent`.
    public TraceContext after(String attempt) {
        return new TraceContext(parent, state, attempt);
    }
}
