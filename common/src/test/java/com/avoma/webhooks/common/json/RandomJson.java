package com.avoma.webhooks.common.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntConsumer;

/// Valid JSON texts, in the spellings that a normaliser has most to do with: white space, escapes
/// of all kinds, repeated and index-like keys, numbers of every shape.
final class RandomJson {
    private static final int DEEPEST = 6;
    private static final String[] KEYS = {
        "a",
        "b",
        "c",
        "aa",
        "A",
        "",
        "__proto__",
        "constructor",
        "event_type",
        "0",
        "1",
        "2",
        "10",
        "01",
        "-1",
        "1.5",
        "1e3",
        "2147483647",
        "2147483648",
        "4294967293",
        "4294967294",
        "4294967295",
        "4294967296",
        "99999999999",
        "é",
        "😀",
        "/",
        "\\ud83d",
        "\\uDE00",
        "\\u0061",
        "\\u0032",
        "\\u0022",
        "\\/",
        "longer_than_eight",
        "longer_than_eighth"
    };
    private static final String[] SPACES = {" ", "\n", "\t", "\r", "\r\n", "    "};
    private static final String[] ESCAPES = {
        "\\\"",
        "\\\\",
        "\\/",
        "\\b",
        "\\f",
        "\\n",
        "\\r",
        "\\t",
        "\\u0000",
        "\\u001F",
        "\\u000b",
        "\\u007f",
        "\\u0080",
        "\\u2028",
        "\\ud83d\\ude00",
        "\\uD83D",
        "\\uDE00",
        "\\udbff\\uDFFF"
    };
    private static final int[] CHARACTERS = {
        ' ', '/', '<', '>', '&', '\'', '=', 0x7F, 0x80, 0x7FF, 0x800, 0x2028, 0x2029, 0xD7FF,
        0xE000, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF
    };

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private boolean spaced;

    RandomJson(Random random) {
        this.random = random;
    }

    byte[] document() {
        return made(_ -> {
            space();
            value(random.nextInt(DEEPEST));
            space();
        });
    }

    /// An array of doubles by their bits, subnormal ones too, as Java writes them.
    byte[] doubles() {
        return array(_ -> text.append(bits()));
    }

    /// An array of numbers in all shapes of the grammar.
    byte[] numbers() {
        return array(_ -> number());
    }

    private byte[] array(IntConsumer element) {
        return made(_ -> {
            for (int i = 0; i < 100; i++) {
                text.append(i == 0 ? '[' : ',');
                element.accept(i);
            }
            text.append(']');
        });
    }

    private byte[] made(IntConsumer content) {
        text.setLength(0);
        spaced = random.nextInt(3) == 0;
        content.accept(0);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(int depth) {
        switch (random.nextInt(depth > 0 ? 10 : 6)) {
            case 0 -> text.append(random.nextBoolean() ? "true" : "false");
            case 1 -> text.append("null");
            case 2, 3 -> number();
            case 4, 5 -> string();
            case 6, 7, 8 -> members(depth);
            default -> elements(depth);
        }
    }

    private void members(int depth) {
        text.append('{');
        // now and then more than the normaliser compares pair by pair
        int count = random.nextInt(8) == 0 ? random.nextInt(60) : random.nextInt(6);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",");
            space();
            key();
            space();
            text.append(':');
            space();
            value(depth - 1);
            space();
        }
        text.append('}');
    }

    private void key() {
        if (random.nextInt(3) == 0) {
            string();
        } else {
            text.append('"').append(one(KEYS)).append('"');
        }
    }

    private void elements(int depth) {
        text.append('[');
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",");
            space();
            value(depth - 1);
            space();
        }
        text.append(']');
    }

    private void string() {
        text.append('"');
        boolean plain = random.nextBoolean();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            switch (plain ? 0 : random.nextInt(4)) {
                case 1 -> text.append(one(ESCAPES));
                case 2 -> text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
                case 3 -> unicodeEscape();
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        text.append('"');
    }

    private void unicodeEscape() {
        int unit =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(0x80);
                    case 1 -> Character.MIN_SURROGATE + random.nextInt(0x800);
                    default -> random.nextInt(0x10000);
                };
        var hex = "%04x".formatted(unit);
        text.append("\\u").append(random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
    }

    private void number() {
        switch (random.nextInt(8)) {
            case 0 -> text.append(random.nextInt(100));
            case 1 -> text.append(random.nextLong());
            case 2 -> text.append((1L << 53) + random.nextInt(64) - 32);
            case 3 -> text.append(bits());
            case 4 -> text.append(random.nextInt(100_000) / 100.0);
            default -> shapes();
        }
    }

    private void shapes() {
        if (random.nextBoolean()) {
            text.append('-');
        }
        int whole = random.nextInt(24);
        if (whole == 0) {
            text.append('0');
        } else {
            text.append((char) ('1' + random.nextInt(9)));
            digits(whole - 1);
        }
        if (random.nextBoolean()) {
            text.append('.');
            text.repeat('0', random.nextInt(9));
            digits(1 + random.nextInt(random.nextInt(5) == 0 ? 30 : 4));
        }
        if (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E');
            text.append(new String[] {"", "+", "-"}[random.nextInt(3)]);
            text.append(random.nextInt(random.nextBoolean() ? 12 : 420));
        }
    }

    /// With many zeros among them, for they are what is special.
    private void digits(int count) {
        for (int i = 0; i < count; i++) {
            text.append((char) ('0' + (random.nextInt(3) == 0 ? 0 : random.nextInt(10))));
        }
    }

    private double bits() {
        long mask = random.nextInt(4) == 0 ? -1L >>> (12 + random.nextInt(50)) : -1L;
        double value = Double.longBitsToDouble(random.nextLong() & mask);
        return Double.isFinite(value) ? value : Double.MIN_VALUE;
    }

    private void space() {
        if (spaced && random.nextBoolean()) {
            text.append(one(SPACES));
        }
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
