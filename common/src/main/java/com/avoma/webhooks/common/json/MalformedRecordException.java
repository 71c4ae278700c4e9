package com.avoma.webhooks.common.json;

/// A record on a topic that is not what the wire contract says. The message says what is wrong with
/// it and carries no value of it.
public final class MalformedRecordException extends RuntimeException {
    public MalformedRecordException(String message) {
        super(message);
    }

    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
