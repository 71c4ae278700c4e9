package com.avoma.webhooks.delivery.sending;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The first bytes of an answer's body. The rest is read up to a bound, so that the connection can
/// be used again; past it the connection is not worth it.
final class Excerpt {
    private static final int MOST_DISCARDED = 64 * 1024;

    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private long seen;
    private boolean unreadable;

    /// @param limit bytes that are kept
    Excerpt(int limit) {
        this.limit = limit;
    }

    /// Takes a part of the body.
    ///
    /// @return whether more may come
    boolean add(ByteBuf part) {
        int length = Math.min(part.readableBytes(), limit - kept.size());
        if (length > 0) {
            var bytes = new byte[length];
            part.getBytes(part.readerIndex(), bytes);
            kept.write(bytes, 0, length);
        }
        seen += part.readableBytes();
        return seen <= (long) limit + MOST_DISCARDED;
    }

    /// The body is compressed although nobody asked for it: no text is made of it.
    void unreadable() {
        unreadable = true;
    }

    /// The excerpt as UTF-8, whatever is not UTF-8 replaced; null where there was no body.
    @Nullable String text() {
        return unreadable || kept.size() == 0 ? null : kept.toString(StandardCharsets.UTF_8);
    }
}
