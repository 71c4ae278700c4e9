package com.avoma.webhooks.common.job;

import org.jspecify.annotations.Nullable;

/// A W3C trace context as it travels in headers.
///
/// @param parent the `traceparent` header
/// @param state the `tracestate` header, if there was one
public record TraceContext(String parent, @Nullable String state) {}
