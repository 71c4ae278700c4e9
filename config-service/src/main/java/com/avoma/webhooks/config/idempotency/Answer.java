package com.avoma.webhooks.config.idempotency;

import org.jspecify.annotations.Nullable;

/// An answer that can be given again.
///
/// @param etag null: it has none
/// @param repeated whether an earlier request made the change
public record Answer<T>(int status, @Nullable String etag, T body, boolean repeated) {
    /// The first of its kind.
    public static <T> Answer<T> first(int status, @Nullable String etag, T body) {
        return new Answer<>(status, etag, body, false);
    }

    /// What is to be kept of it, in the transaction of the change itself; null where the request
    /// had no key.
    public @Nullable Keep keptFor(@Nullable IdempotentRequest request) {
        return request == null ? null : new Keep(request, this);
    }

    /// An answer and the request that it answers.
    public record Keep(IdempotentRequest request, Answer<?> answer) {}

    /// Without the body, which may have a secret.
    @Override
    public String toString() {
        return "Answer[status=" + status + ", etag=" + etag + ", repeated=" + repeated + "]";
    }
}
