package com.avoma.webhooks.delivery.sending.answer;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// The first bytes of what was compressed, though the compressed bytes may be cut. Never makes more
/// of them than asked for, whatever they would swell to.
final class Decompression {
    private Decompression() {}

    /// @param limit bytes that are made at most
    /// @param coding `gzip`, `x-gzip` or `deflate`
    /// @return null where the bytes are not of that coding
    static byte @Nullable [] first(int limit, byte[] bytes, int length, String coding) {
        var plain = new byte[limit];
        int made = 0;
        var inflater = new Inflater(!isZlib(bytes, length));
        try (var in = open(new ByteArrayInputStream(bytes, 0, length), coding, inflater)) {
            while (made < limit) {
                int read = in.read(plain, made, limit - made);
                if (read < 0) {
                    break;
                }
                made += read;
            }
        } catch (EOFException _) {
            // the compressed bytes were cut
        } catch (IOException _) {
            if (made == 0) {
                return null;
            }
        } finally {
            inflater.end();
        }
        return Arrays.copyOf(plain, made);
    }

    private static InputStream open(InputStream bytes, String coding, Inflater inflater)
            throws IOException {
        return coding.endsWith("gzip")
                ? new GZIPInputStream(bytes)
                : new InflaterInputStream(bytes, inflater);
    }

    /// RFC 1950, 2.2. Some send raw DEFLATE under the name of zlib.
    private static boolean isZlib(byte[] bytes, int length) {
        return length >= 2
                && (bytes[0] & 0x0f) == 8
                && (((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) % 31) == 0;
    }
}
