package com.avoma.webhooks.common.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Reads strings: checks that they are UTF-8 and spells their characters as JSON.stringify does,
/// raw wherever that is possible.
final class JsonStrings {
    static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int ESCAPE = 6;

    private final Rewriter text;
    private final byte[] in;
    private final byte[] spelling = new byte[ESCAPE];

    JsonStrings(Rewriter text) {
        this.text = text;
        this.in = text.in;
    }

    /// Reads the string whose opening quote is there.
    int read(int open) {
        int at = open + 1;
        while (true) {
            at = plain(in, at, text.end);
            int c = text.peek(at);
            if (c == '"') {
                return at + 1;
            } else if (c == '\\') {
                at = escape(at);
            } else if (c < 0) {
                at = wide(at);
            } else {
                throw text.fault(
                        at,
                        at >= text.end
                                ? "a string is not closed"
                                : "a control character in a string (expected: its escape)");
            }
        }
    }

    /// Passes over the characters that stand for themselves in ASCII, eight at a time.
    static int plain(byte[] in, int from, int end) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long special = special((long) WORDS.get(in, at));
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        while (at < end && isPlain(in[at])) {
            at++;
        }
        return at;
    }

    /// Whether an ASCII character stands for itself in a string.
    static boolean isPlain(byte c) {
        return c >= ' ' && c != '"' && c != '\\';
    }

    /// The lowest high bit that is set is that of the first byte that is a quote, a backslash, a
    /// control character or not ASCII.
    static long special(long word) {
        long quote = word ^ '"' * ONES;
        long backslash = word ^ '\\' * ONES;
        return (((quote - ONES) & ~quote)
                        | ((backslash - ONES) & ~backslash)
                        | ((word - ' ' * ONES) & ~word)
                        | word)
                & HIGH_BITS;
    }

    private int escape(int at) {
        return switch (text.peek(at + 1)) {
            case '"', '\\', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case '/' -> {
                text.drop(at, at + 1);
                yield at + 2;
            }
            case 'u' -> unicode(at);
            default -> throw text.fault(at + 1, "an escape that JSON does not have");
        };
    }

    private int unicode(int at) {
        int character = hex(at + 2);
        int behind = at + ESCAPE;
        if (Character.isHighSurrogate((char) character)
                && text.peek(behind) == '\\'
                && text.peek(behind + 1) == 'u') {
            char low = (char) hex(behind + 2);
            if (Character.isLowSurrogate(low)) {
                character = Character.toCodePoint((char) character, low);
                behind += ESCAPE;
            }
        }
        int size = spell(character);
        if (!spelledSo(at, behind, size)) {
            text.replace(at, behind, spelling, size);
        }
        return behind;
    }

    private boolean spelledSo(int from, int to, int size) {
        boolean same = to - from == size;
        for (int i = 0; same && i < size; i++) {
            same = in[from + i] == spelling[i];
        }
        return same;
    }

    private int hex(int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int c = text.peek(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw text.fault(i, "no hexadecimal digit (expected: four after \\u)");
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    /// Writes a character into [#spelling] as JSON.stringify does.
    ///
    /// @return how many bytes that are
    private int spell(int character) {
        var spelled =
                switch (character) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    case '\b' -> "\\b";
                    case '\t' -> "\\t";
                    case '\n' -> "\\n";
                    case '\f' -> "\\f";
                    case '\r' -> "\\r";
                    default ->
                            character < ' ' || isSurrogate(character)
                                    ? "\\u" + HexFormat.of().toHexDigits((char) character)
                                    : Character.toString(character);
                };
        byte[] bytes = spelled.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, spelling, 0, bytes.length);
        return bytes.length;
    }

    private static boolean isSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private int wide(int at) {
        int behind = wide(in, at, text.end);
        if (behind < 0) {
            throw notUtf8(at);
        }
        return behind;
    }

    /// Passes over a character of two to four bytes that is well-formed, as table 3-7 of the
    /// Unicode standard has it: no overlong forms, no surrogates, nothing above U+10FFFF.
    ///
    /// @return the position behind it, -1 where it is not well-formed
    static int wide(byte[] in, int at, int end) {
        int lead = in[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continued(in, at + 1, end, 0x80, 0xBF);
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            int second =
                    continued(
                            in,
                            at + 1,
                            end,
                            lead == 0xE0 ? 0xA0 : 0x80,
                            lead == 0xED ? 0x9F : 0xBF);
            return second < 0 ? second : continued(in, second, end, 0x80, 0xBF);
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            int second =
                    continued(
                            in,
                            at + 1,
                            end,
                            lead == 0xF0 ? 0x90 : 0x80,
                            lead == 0xF4 ? 0x8F : 0xBF);
            int third = second < 0 ? second : continued(in, second, end, 0x80, 0xBF);
            return third < 0 ? third : continued(in, third, end, 0x80, 0xBF);
        }
        return -1;
    }

    private static int continued(byte[] in, int at, int end, int low, int high) {
        int c = at < end ? in[at] & 0xFF : 0;
        return c >= low && c <= high ? at + 1 : -1;
    }

    private MalformedJsonException notUtf8(int at) {
        return text.fault(at, "not UTF-8");
    }
}
