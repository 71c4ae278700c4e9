package com.avoma.webhooks.common.json;

import java.nio.charset.StandardCharsets;

/// Reads a JSON text once (RFC 8259, and nothing more lenient) and tells the [Rewriter] what must
/// be different. Every method takes a position of the text and returns the one behind what it read.
final class JsonScanner {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Rewriter text;
    private final JsonStrings strings;
    private final JsonNumbers numbers;
    private final MemberOrder members;

    JsonScanner(Rewriter text) {
        this.text = text;
        this.strings = new JsonStrings(text);
        this.numbers = new JsonNumbers(text);
        this.members = new MemberOrder(text);
    }

    int inexactNumbers() {
        return numbers.inexact();
    }

    /// Reads the one value of the text, and that nothing follows it.
    void document(int start) {
        int at = space(value(space(start), 0));
        if (at < text.end) {
            throw text.fault(at, "something follows the JSON value (expected: nothing)");
        }
    }

    private int value(int at, int depth) {
        return switch (text.peek(at)) {
            case '"' -> strings.read(at);
            case '{' -> object(at, deeper(at, depth));
            case '[' -> array(at, deeper(at, depth));
            case 't' -> literal(at, TRUE);
            case 'f' -> literal(at, FALSE);
            case 'n' -> literal(at, NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numbers.read(at);
            default -> throw noValue(at);
        };
    }

    private int object(int open, int depth) {
        int first = members.mark();
        int place = text.place(open);
        int at = space(open + 1);
        if (text.peek(at) == '}') {
            return at + 1;
        }
        while (true) {
            int member = members.mark();
            at = value(colon(key(at)), depth);
            members.ended(member, at);
            at = space(at);
            int next = text.peek(at);
            at++;
            if (next == '}') {
                members.close(first, place, at);
                return at;
            }
            if (next != ',') {
                throw text.fault(at - 1, "neither , nor } after a member of an object");
            }
            at = space(at);
        }
    }

    private int key(int at) {
        if (text.peek(at) != '"') {
            throw text.fault(at, "no key (expected: a string in double quotes)");
        }
        int place = text.place(at);
        int behind = strings.read(at);
        members.add(place, at, behind);
        return behind;
    }

    private int colon(int behindKey) {
        int at = space(behindKey);
        if (text.peek(at) != ':') {
            throw text.fault(at, "no : after a key");
        }
        return space(at + 1);
    }

    private int array(int open, int depth) {
        int at = space(open + 1);
        if (text.peek(at) == ']') {
            return at + 1;
        }
        while (true) {
            at = space(value(at, depth));
            int next = text.peek(at);
            if (next == ']') {
                return at + 1;
            }
            if (next != ',') {
                throw text.fault(at, "neither , nor ] after an element of an array");
            }
            at = space(at + 1);
        }
    }

    private int deeper(int at, int depth) {
        if (depth == JsonNormalizer.MAX_DEPTH) {
            throw text.fault(
                    at,
                    "nested too deep (expected: at most %d levels)"
                            .formatted(JsonNormalizer.MAX_DEPTH));
        }
        return depth + 1;
    }

    private int literal(int at, byte[] word) {
        for (int i = 1; i < word.length; i++) {
            if (text.peek(at + i) != word[i]) {
                throw noValue(at);
            }
        }
        return at + word.length;
    }

    private MalformedJsonException noValue(int at) {
        return text.fault(at, "no JSON value (expected: one)");
    }

    /// Drops white space.
    private int space(int at) {
        if (!isSpace(text.peek(at))) {
            return at;
        }
        int behind = at + 1;
        while (isSpace(text.peek(behind))) {
            behind++;
        }
        text.drop(at, behind);
        return behind;
    }

    private static boolean isSpace(int c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
    }
}
