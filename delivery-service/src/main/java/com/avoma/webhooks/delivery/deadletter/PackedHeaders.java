package com.avoma.webhooks.delivery.deadletter;

import com.avoma.webhooks.delivery.deadletter.SourceRecord.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The headers of a record that waits, in one array: jobs that were put off are held by the
/// thousand, and what a collection of the heap takes goes by the number of objects that it copies.
public final class PackedHeaders implements Supplier<List<Header>> {
    private static final int NO_VALUE = -1;

    private final byte[] packed;

    public PackedHeaders(List<Header> headers) {
        int size = 0;
        for (var header : headers) {
            size += 2 * Integer.BYTES + name(header).length;
            size += header.value() == null ? 0 : header.value().length;
        }
        packed = new byte[size];
        var buffer = ByteBuffer.wrap(packed);
        for (var header : headers) {
            put(buffer, name(header));
            put(buffer, header.value());
        }
    }

    /// The headers as they were, in their order.
    @Override
    public List<Header> get() {
        var headers = new ArrayList<Header>();
        var buffer = ByteBuffer.wrap(packed);
        while (buffer.hasRemaining()) {
            var name = new byte[buffer.getInt()];
            buffer.get(name);
            headers.add(new Header(new String(name, StandardCharsets.UTF_8), value(buffer)));
        }
        return headers;
    }

    private static byte[] name(Header header) {
        return header.name().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer buffer, byte @Nullable [] bytes) {
        if (bytes == null) {
            buffer.putInt(NO_VALUE);
        } else {
            buffer.putInt(bytes.length).put(bytes);
        }
    }

    private static byte @Nullable [] value(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length == NO_VALUE) {
            return null;
        }
        var value = new byte[length];
        buffer.get(value);
        return value;
    }
}
