package com.avoma.webhooks.common.topic;

/// A topic whose settings would lose data. The message says which setting, what it is and what it
/// has to be.
public final class UnsafeTopicException extends RuntimeException {
    UnsafeTopicException(String message) {
        super(message);
    }
}
