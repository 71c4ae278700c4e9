package com.avoma.webhooks.delivery.sending.answer;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The first bytes of an answer's body. The rest is read up to a bound, so that the connection can
/// be used again; past it the connection is not worth it. The bound counts bytes as they come, and
/// counts them again once they are decompressed.
public final class Excerpt {
    private static final int MOST_DISCARDED = 64 * 1024;
    private static final byte[] NONE = {};

    private final int limit;
    private byte[] kept = NONE;
    private int length;
    private long seen;
    private long declared = -1;
    private @Nullable String encoding;

    /// @param limit bytes that are kept
    public Excerpt(int limit) {
        this.limit = limit;
    }

    /// What the head of the answer says of the body.
    ///
    /// @param contentLength negative: nothing
    public void expect(long contentLength, @Nullable String contentEncoding) {
        declared = contentLength;
        encoding = contentEncoding;
    }

    /// Takes a part of the body.
    ///
    /// @return whether more may come
    public boolean add(ByteBuf part) {
        int size = part.readableBytes();
        int wanted = Math.min(size, limit - length);
        if (wanted > 0) {
            if (length + wanted > kept.length) {
                kept = Arrays.copyOf(kept, Math.min(limit, Math.max(length + wanted, 2 * length)));
            }
            part.getBytes(part.readerIndex(), kept, length, wanted);
            length += wanted;
        }
        seen += size;
        return length < limit || Math.max(seen, declared) <= (long) limit + MOST_DISCARDED;
    }

    /// The excerpt as UTF-8, whatever is not UTF-8 replaced; where it is no text, a remark in
    /// brackets; null where there was no body.
    public @Nullable String text() {
        if (length == 0) {
            return null;
        }
        var coding = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "", "identity" -> text(kept, length, seen > length);
            case "gzip", "x-gzip", "deflate" -> decompressed(coding);
            default -> "[not shown: the body is compressed in a way that is not read here]";
        };
    }

    private String decompressed(String coding) {
        var plain = Decompression.first(limit, kept, length, coding);
        return plain == null
                ? "[not shown: the body is not " + coding + " although it says so]"
                : text(plain, plain.length, true);
    }

    private static String text(byte[] bytes, int length, boolean cut) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                return "[not shown: the body is not text]";
            }
        }
        return new String(
                bytes, 0, cut ? wholeCharacters(bytes, length) : length, StandardCharsets.UTF_8);
    }

    /// The length without a character that was cut at its end.
    private static int wholeCharacters(byte[] bytes, int length) {
        int start = length;
        while (start > 0 && length - start < 4) {
            start--;
            int lead = bytes[start] & 0xff;
            if (lead < 0x80) {
                return length;
            }
            if (lead >= 0xc0) {
                int whole = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
                return length - start < whole ? start : length;
            }
        }
        return length;
    }
}
