package com.avoma.webhooks.common.json;

import java.util.Arrays;

/// Makes of a JSON text the body that receivers can verify: the one for which
/// `JSON.stringify(JSON.parse(body)) === body` holds byte for byte, as ECMAScript defines both. A
/// body that is like that already is recognised without building anything.
///
/// Without a tree: one pass over what [StableText] recognises, another where it does not.
/// Thread-safe; a call keeps nothing. Differs from `JSON.parse` in two points: a leading byte order
/// mark is dropped, and nesting is bounded by [#MAX_DEPTH].
public final class JsonNormalizer {
    /// How deep arrays and objects may nest. Far beyond any event's, and safe on the stack of any
    /// thread.
    public static final int MAX_DEPTH = 1_000;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private JsonNormalizer() {}

    /// A normalised text.
    ///
    /// @param body stable under JSON.stringify; where nothing had to change, the very array that
    ///   was given, if it was given whole
    /// @param inexactNumbers how many numbers now say something else than the text did, because no
    ///   double holds them: integers beyond 2^53 that were rounded, overflows (now null) and
    ///   underflows (now 0). Fractions that lose digits are not counted
    /// @param changed whether the body differs from the text
    public record Normalized(Payload body, int inexactNumbers, boolean changed) {}

    /// Normalises any JSON value.
    ///
    /// @throws MalformedJsonException where the bytes are not one JSON value in UTF-8
    public static Normalized normalize(byte[] json) {
        return normalize(json, 0, json.length);
    }

    /// Normalises the JSON value in a part of an array.
    ///
    /// @param offset where it begins, in bytes
    /// @param length how long it is, in bytes
    /// @throws MalformedJsonException where the bytes are not one JSON value in UTF-8; positions
    ///   count from the offset
    public static Normalized normalize(byte[] json, int offset, int length) {
        if (StableText.is(json, offset, length)) {
            return new Normalized(Payload.of(json, offset, length), 0, false);
        }
        return rewrite(json, offset, length);
    }

    /// The same, without the short way for what is stable.
    static Normalized rewrite(byte[] json, int offset, int length) {
        var text = new Rewriter(json, offset, length);
        int start = offset;
        if (startsWithMark(json, offset, length)) {
            start += BYTE_ORDER_MARK.length;
            text.drop(offset, start);
        }
        var scanner = new JsonScanner(text);
        scanner.document(start);
        return new Normalized(text.finish(), scanner.inexactNumbers(), text.changed());
    }

    /// Normalises a webhook body, which is one JSON object.
    ///
    /// @throws MalformedJsonException where the bytes are not one JSON object in UTF-8
    public static Normalized normalizeObject(byte[] json) {
        return normalizeObject(json, 0, json.length);
    }

    /// Normalises the webhook body in a part of an array.
    ///
    /// @throws MalformedJsonException where the bytes are not one JSON object in UTF-8
    public static Normalized normalizeObject(byte[] json, int offset, int length) {
        var normalized = normalize(json, offset, length);
        byte first = normalized.body().bytes()[0];
        if (first != '{') {
            throw new MalformedJsonException(0, kind(first) + " (expected: one JSON object)");
        }
        return normalized;
    }

    private static boolean startsWithMark(byte[] json, int offset, int length) {
        int mark = BYTE_ORDER_MARK.length;
        return length >= mark
                && Arrays.equals(json, offset, offset + mark, BYTE_ORDER_MARK, 0, mark);
    }

    private static String kind(byte first) {
        return switch (first) {
            case '[' -> "an array";
            case '"' -> "a string";
            case 't', 'f' -> "a boolean";
            case 'n' -> "null";
            default -> "a number";
        };
    }
}
