package com.avoma.webhooks.common.json;

import com.avoma.webhooks.common.time.InstantText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record's JSON, put together as bytes, for those who write it without [Json] because it costs
/// too much. What stands between values is theirs to write. Not thread-safe.
public final class JsonBytes {
    private static final int UUID_LENGTH = 36;
    private static final int LONGEST_NUMBER = 20;

    /// Two hexadecimal digits of each byte, the first in the lower half.
    private static final short[] HEX = hex();

    private byte[] out;
    private int size;

    /// @param length bytes that are enough for most
    public JsonBytes(int length) {
        out = new byte[length];
    }

    /// ASCII, as it is.
    public JsonBytes ascii(String text) {
        room(text.length());
        copy(text);
        return this;
    }

    /// A text in quotes, with what has to be escaped escaped; null where it is.
    public JsonBytes text(@Nullable String text) {
        if (text == null) {
            return ascii("null");
        }
        if (!isPlain(text)) {
            return raw(escaped(text));
        }
        room(text.length() + 2);
        out[size++] = '"';
        copy(text);
        out[size++] = '"';
        return this;
    }

    /// A uuid in quotes.
    public JsonBytes uuid(UUID uuid) {
        room(UUID_LENGTH + 2);
        out[size++] = '"';
        long most = uuid.getMostSignificantBits();
        long least = uuid.getLeastSignificantBits();
        digits(most, Long.SIZE, 4);
        out[size++] = '-';
        digits(most, 4 * Byte.SIZE, 2);
        out[size++] = '-';
        digits(most, 2 * Byte.SIZE, 2);
        out[size++] = '-';
        digits(least, Long.SIZE, 2);
        out[size++] = '-';
        digits(least, 6 * Byte.SIZE, 6);
        out[size++] = '"';
        return this;
    }

    /// A time in quotes, as [InstantText] prints it; null where it is.
    public JsonBytes time(@Nullable Instant time) {
        if (time == null) {
            return ascii("null");
        }
        room(InstantText.LONGEST + 2);
        out[size++] = '"';
        size = InstantText.put(time, out, size);
        out[size++] = '"';
        return this;
    }

    public JsonBytes number(long number) {
        if (number < 0) {
            return ascii(Long.toString(number));
        }
        room(LONGEST_NUMBER);
        int behind = size + 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            behind++;
        }
        long rest = number;
        for (int at = behind - 1; at >= size; at--) {
            out[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size = behind;
        return this;
    }

    /// All of it, in UTF-8, as an array of its own.
    public byte[] bytes() {
        return Arrays.copyOf(out, size);
    }

    private JsonBytes raw(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
        return this;
    }

    private void room(int bytes) {
        if (out.length - size < bytes) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + bytes));
        }
    }

    /// Of each character its lower byte, which is all of it in ASCII; the platform's other ways
    /// make an array first.
    @SuppressWarnings("deprecation")
    private void copy(String ascii) {
        ascii.getBytes(0, ascii.length(), out, size);
        size += ascii.length();
    }

    /// @param bits of the number that are still to be written
    private void digits(long number, int bits, int bytes) {
        for (int i = 1; i <= bytes; i++) {
            int pair = HEX[(int) (number >>> (bits - i * Byte.SIZE)) & 0xFF];
            out[size++] = (byte) pair;
            out[size++] = (byte) (pair >>> Byte.SIZE);
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static byte[] escaped(String text) {
        var escaped = new StringBuilder(2 * text.length());
        JsonText.append(escaped, text);
        return escaped.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static short[] hex() {
        var pairs = new short[1 << Byte.SIZE];
        for (int i = 0; i < pairs.length; i++) {
            int high = Character.forDigit(i >>> 4, 16);
            int low = Character.forDigit(i & 0xF, 16);
            pairs[i] = (short) (low << Byte.SIZE | high);
        }
        return pairs;
    }
}
