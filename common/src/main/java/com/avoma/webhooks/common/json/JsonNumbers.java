package com.avoma.webhooks.common.json;

import java.nio.charset.StandardCharsets;

/// Reads numbers and spells them as ECMAScript does.
final class JsonNumbers {
    /// Every decimal of so many digits survives the way through a double, and no shorter one is the
    /// same double (DBL_DIG of IEEE 754 binary64).
    static final int SAFE_DIGITS = 15;

    /// Above 2^53 not every integer is a double.
    private static final double SAFE_INTEGER = 0x1p53;

    /// ECMAScript uses an exponent from the seventh place after the point on.
    private static final int PLAIN_PLACES = 6;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Rewriter text;
    private int inexact;

    JsonNumbers(Rewriter text) {
        this.text = text;
    }

    /// How many numbers so far say something else now.
    int inexact() {
        return inexact;
    }

    /// Reads the number whose first character is there.
    int read(int start) {
        int whole = text.peek(start) == '-' ? start + 1 : start;
        int at = digits(whole);
        boolean zero = text.peek(whole) == '0';
        if (zero && at - whole > 1) {
            throw text.fault(whole, "a number that begins with 0 (expected: no leading zeros)");
        }
        int next = text.peek(at);
        boolean stable;
        if (next == '.') {
            int point = at;
            at = digits(point + 1);
            next = text.peek(at);
            stable =
                    at - whole <= SAFE_DIGITS + 1
                            && text.in[at - 1] != '0'
                            && (!zero || !tiny(point + 1, at));
        } else {
            stable = at - whole <= SAFE_DIGITS && !(zero && whole > start);
        }
        if (next == 'e' || next == 'E') {
            int sign = text.peek(at + 1);
            at = digits(sign == '+' || sign == '-' ? at + 2 : at + 1);
            stable = false;
        }
        if (!stable) {
            respell(start, at);
        }
        return at;
    }

    private int digits(int from) {
        int at = from;
        for (int c = text.peek(at); c >= '0' && c <= '9'; c = text.peek(at)) {
            at++;
        }
        if (at == from) {
            throw text.fault(at, "no digit (expected: one, in a number)");
        }
        return at;
    }

    /// Whether a fraction begins with more zeros than ECMAScript writes without an exponent.
    private boolean tiny(int from, int to) {
        int at = from;
        while (at < to && text.in[at] == '0') {
            at++;
        }
        return at - from >= PLAIN_PLACES;
    }

    private void respell(int from, int to) {
        var number = new String(text.in, from, to - from, StandardCharsets.US_ASCII);
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            inexact++;
            text.replace(from, to, NULL, NULL.length);
            return;
        }
        var spelled = EcmaNumber.text(value);
        if (!spelled.equals(number)) {
            boolean mayLie = value == 0 || Math.abs(value) >= SAFE_INTEGER;
            if (mayLie && !Decimal.of(spelled).equals(Decimal.of(number))) {
                inexact++;
            }
            text.replace(from, to, spelled.getBytes(StandardCharsets.US_ASCII), spelled.length());
        }
    }
}
