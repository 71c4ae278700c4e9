package com.avoma.webhooks.common.json;

/// ECMAScript's Number::toString (ECMA-262, section 6.1.6.1.20) in radix 10.
///
/// The shortest digits that are the same double come from [Double#toString], which however never
/// writes fewer than two and so may miss a single one: 4.9E-324 is 5e-324.
final class EcmaNumber {
    /// Only below it is a double so coarse that a decimal of one digit can be the same as a nearer
    /// one of two.
    private static final double COARSE = 0x1p-1060;

    private EcmaNumber() {}

    /// A finite number as ECMAScript writes it.
    static String text(double value) {
        if (value == 0) {
            return "0";
        }
        double magnitude = Math.abs(value);
        var decimal = Decimal.of(Double.toString(magnitude));
        if (magnitude < COARSE && decimal.digits().length() == 2) {
            decimal = shortened(decimal, magnitude);
        }
        var text = new StringBuilder(25);
        if (value < 0) {
            text.append('-');
        }
        write(decimal.digits(), (int) decimal.exponent(), text);
        return text.toString();
    }

    /// @param point how many digits are before the decimal point, "n" in ECMA-262
    private static void write(String digits, int point, StringBuilder text) {
        int count = digits.length();
        if (count <= point && point <= 21) {
            text.append(digits).repeat('0', point - count);
        } else if (0 < point && point <= 21) {
            text.append(digits, 0, point).append('.').append(digits, point, count);
        } else if (-6 < point && point <= 0) {
            text.append("0.").repeat('0', -point).append(digits);
        } else {
            text.append(digits.charAt(0));
            if (count > 1) {
                text.append('.').append(digits, 1, count);
            }
            text.append('e').append(point > 0 ? '+' : '-').append(Math.abs(point - 1));
        }
    }

    /// The decimal of one digit that is the same double, the nearer one where there are two; else
    /// the given one of two digits.
    private static Decimal shortened(Decimal decimal, double magnitude) {
        int two = Integer.parseInt(decimal.digits());
        int down = two / 10 * 10;
        int up = down + 10;
        boolean upIsNearer = up - two <= two - down;
        for (int candidate : upIsNearer ? new int[] {up, down} : new int[] {down, up}) {
            var number = candidate + "E" + (decimal.exponent() - 2);
            if (candidate > 0 && Double.parseDouble(number) == magnitude) {
                return Decimal.of(number);
            }
        }
        return decimal;
    }
}
