package com.avoma.webhooks.common.json;

/// A text that is not JSON, or not the JSON that was asked for. The message says where and what was
/// expected there, for the producer's developer, and carries nothing of the text itself.
public final class MalformedJsonException extends RuntimeException {
    private final int position;

    MalformedJsonException(int position, String problem) {
        super("byte " + position + ": " + problem);
        this.position = position;
    }

    /// Where the fault is, in bytes from the beginning of the text.
    public int position() {
        return position;
    }
}
