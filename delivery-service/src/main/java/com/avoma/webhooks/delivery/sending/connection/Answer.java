package com.avoma.webhooks.delivery.sending.connection;

import org.jspecify.annotations.Nullable;

/// The head of a final answer, as far as it is looked at.
///
/// @param contentLength as it was declared; negative: it was not
public record Answer(
        int status,
        @Nullable String retryAfter,
        @Nullable String contentEncoding,
        @Nullable String contentType,
        long contentLength) {}
