package com.avoma.webhooks.common.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of a webhook body: signed, stored and sent as they are. Treat the array as read-only;
/// it is shared, never copied, on the way from Kafka to the socket.
public final class Payload {
    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Wraps the array without copying it.
    public static Payload of(byte[] bytes) {
        return new Payload(bytes);
    }

    /// A part of the array; the array itself where the part is all of it.
    static Payload of(byte[] bytes, int offset, int length) {
        boolean whole = offset == 0 && length == bytes.length;
        return new Payload(whole ? bytes : Arrays.copyOfRange(bytes, offset, offset + length));
    }

    public static Payload of(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The bytes themselves, not a copy.
    public byte[] bytes() {
        return bytes;
    }

    /// Length in bytes.
    public int size() {
        return bytes.length;
    }

    /// The body as text. For tests and diagnosis: the wire carries the bytes.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The size only: a body is never written to a log.
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
