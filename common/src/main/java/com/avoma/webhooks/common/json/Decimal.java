package com.avoma.webhooks.common.json;

/// The value of a number's text, sign aside. Equal values are equal, however they are spelled:
/// `1e3`, `1000` and `1000.0`. Unlike BigDecimal it takes time linear in the text.
///
/// @param digits without zeros at either end; empty for zero
/// @param exponent the value is 0.digits times ten to this power; 0 for zero
record Decimal(String digits, long exponent) {
    /// No text that is nonzero in a double comes near it.
    private static final long FAR = 1_000_000_000_000L;

    /// @param number a JSON number or what [Double#toString] returns
    static Decimal of(String number) {
        var digits = new StringBuilder();
        long exponent = 0;
        boolean fraction = false;
        int at = 0;
        for (; at < number.length() && !isExponentMark(number.charAt(at)); at++) {
            char c = number.charAt(at);
            if (c == '.') {
                fraction = true;
            } else if (c != '-') {
                boolean leadingZero = c == '0' && digits.isEmpty();
                if (!leadingZero) {
                    digits.append(c);
                }
                // the point is before the first digit that is kept
                exponent += fraction ? (leadingZero ? -1 : 0) : (leadingZero ? 0 : 1);
            }
        }
        int length = digits.length();
        while (length > 0 && digits.charAt(length - 1) == '0') {
            length--;
        }
        digits.setLength(length);
        return length == 0
                ? new Decimal("", 0)
                : new Decimal(digits.toString(), exponent + power(number, at + 1));
    }

    private static boolean isExponentMark(char c) {
        return c == 'e' || c == 'E';
    }

    private static long power(String number, int from) {
        long power = 0;
        for (int at = from; at < number.length(); at++) {
            char c = number.charAt(at);
            if (c >= '0' && c <= '9' && power < FAR) {
                power = power * 10 + (c - '0');
            }
        }
        return from < number.length() && number.charAt(from) == '-' ? -power : power;
    }
}
