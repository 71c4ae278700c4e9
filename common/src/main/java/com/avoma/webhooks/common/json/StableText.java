package com.avoma.webhooks.common.json;

import static com.avoma.webhooks.common.json.JsonStrings.WORDS;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Recognises the text that most producers send: one that is stable already, of objects, arrays,
/// plain strings and plain numbers. One pass, which notes no place and copies nothing. What it is
/// not sure of, malformed texts among them, is for [JsonScanner] to judge from the beginning.
///
/// Every method takes a position of the text and returns the one behind what it read, or [#UNSURE].
final class StableText {
    private static final int UNSURE = -1;
    private static final int DEEPEST = 64;

    /// In place of where an object's keys are.
    private static final int ARRAY = -1;

    /// From '{' to '}', and from '[' to ']'.
    private static final int CLOSING = 2;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] in;
    private final int end;

    /// Where the keys of each container that is open begin in [#keys], the outermost first.
    private final int[] open = new int[DEEPEST];

    private int depth;

    private final KeySet keys = new KeySet();

    private StableText(byte[] in, int end) {
        this.in = in;
        this.end = end;
    }

    /// Whether a part of the array is a JSON text that [JsonNormalizer] would leave as it is. Says
    /// no to some that are.
    static boolean is(byte[] json, int offset, int length) {
        return new StableText(json, offset + length).recognise(offset);
    }

    private boolean recognise(int start) {
        int at = start;
        do {
            at = ended(opened(at));
        } while (depth > 0 && at != UNSURE);
        return at == end;
    }

    /// A value, or the beginnings of containers and the first value in them.
    private int opened(int start) {
        int at = start;
        while (at != UNSURE) {
            int first = peek(at);
            if (first != '{' && first != '[') {
                return scalar(at, first);
            }
            if (depth == DEEPEST) {
                return UNSURE;
            }
            if (peek(at + 1) == first + CLOSING) {
                return at + 2;
            }
            open[depth++] = first == '{' ? keys.size() : ARRAY;
            at = first == '{' ? key(at + 1, keys.size()) : at + 1;
        }
        return UNSURE;
    }

    /// What ends behind a value, and what comes before the next.
    private int ended(int behindValue) {
        int at = behindValue;
        while (depth > 0 && at != UNSURE) {
            int container = open[depth - 1];
            int next = peek(at);
            at++;
            if (next == ',') {
                return container == ARRAY ? at : key(at, container);
            }
            if (next != (container == ARRAY ? ']' : '}')) {
                return UNSURE;
            }
            if (container != ARRAY) {
                keys.drop(container);
            }
            depth--;
        }
        return at;
    }

    private int peek(int at) {
        return at < end ? in[at] : 0;
    }

    /// A key that is no array index and that its object did not have so far, and its colon.
    ///
    /// @param object where its keys begin
    private int key(int quote, int object) {
        int at = quote + 1;
        int first = peek(at);
        if (peek(quote) != '"' || (first >= '0' && first <= '9')) {
            return UNSURE;
        }
        long hash = 0;
        while (at + Long.BYTES <= end) {
            long word = (long) WORDS.get(in, at);
            long special = JsonStrings.special(word);
            if (special != 0) {
                int bits = Long.numberOfTrailingZeros(special) & -Byte.SIZE;
                return closed(
                        at + bits / Byte.SIZE, object, KeySet.mix(hash, word & ((1L << bits) - 1)));
            }
            hash = KeySet.mix(hash, word);
            at += Long.BYTES;
        }
        return lastKey(at, object, hash);
    }

    /// The end of a key in the last bytes of the text.
    private int lastKey(int from, int object, long hash) {
        int at = from;
        long word = 0;
        while (at < end && JsonStrings.isPlain(in[at])) {
            word |= (long) in[at] << ((at - from) * Byte.SIZE);
            at++;
        }
        return closed(at, object, KeySet.mix(hash, word));
    }

    private int closed(int quote, int object, long hash) {
        return peek(quote) == '"' && peek(quote + 1) == ':' && keys.add(object, hash)
                ? quote + 2
                : UNSURE;
    }

    private int scalar(int at, int first) {
        return switch (first) {
            case '"' -> string(at + 1);
            case 't' -> literal(at, TRUE);
            case 'f' -> literal(at, FALSE);
            case 'n' -> literal(at, NULL);
            default -> number(at);
        };
    }

    private int string(int from) {
        int at = from;
        while (true) {
            at = JsonStrings.plain(in, at, end);
            int c = peek(at);
            if (c == '"') {
                return at + 1;
            }
            at = c == '\\' ? escape(at) : c < 0 ? JsonStrings.wide(in, at, end) : UNSURE;
            if (at == UNSURE) {
                return UNSURE;
            }
        }
    }

    private int escape(int at) {
        return switch (peek(at + 1)) {
            case '"', '\\', 'b', 'f', 'n', 'r', 't' -> at + 2;
            default -> UNSURE;
        };
    }

    private int literal(int at, byte[] word) {
        int behind = at + word.length;
        return behind <= end && Arrays.equals(in, at, behind, word, 0, word.length)
                ? behind
                : UNSURE;
    }

    /// A number that is spelled as ECMAScript would, and that some double is: of few digits, no
    /// sign before a zero, no zero before other digits or behind a fraction, no exponent.
    private int number(int start) {
        int whole = peek(start) == '-' ? start + 1 : start;
        int at = digits(whole);
        boolean zero = peek(whole) == '0';
        if (at == whole || (zero && (at - whole > 1 || (whole > start && peek(at) != '.')))) {
            return UNSURE;
        }
        int places = 0;
        if (peek(at) == '.') {
            places = 1;
            int fraction = at + 1;
            at = digits(fraction);
            if (at == fraction || in[at - 1] == '0' || (zero && in[fraction] == '0')) {
                return UNSURE;
            }
        }
        int digits = at - whole - places;
        int next = peek(at);
        return digits <= JsonNumbers.SAFE_DIGITS && next != 'e' && next != 'E' ? at : UNSURE;
    }

    private int digits(int from) {
        int at = from;
        while (at < end && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        return at;
    }
}
