package com.avoma.webhooks.embedded;

import org.jspecify.annotations.Nullable;

/// An embedded part could not be started; the message is one sentence for the person at the
/// terminal.
public final class StartFailedException extends RuntimeException {
    public StartFailedException(String message) {
        super(message);
    }

    public StartFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
