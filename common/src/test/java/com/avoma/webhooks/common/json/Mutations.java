package com.avoma.webhooks.common.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Texts that are nearly JSON: one or two bytes changed, left out, put in or repeated.
final class Mutations {
    private static final byte[] TELLING =
            "{}[]\",:\\/-+.eE0123456789utfn \t\n\u0000\u001f\u007f"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    byte[] of(byte[] json) {
        byte[] mutated = once(json);
        if (random.nextInt(3) == 0) {
            mutated = once(mutated);
        }
        // a byte order mark is the documented difference to JSON.parse
        return startsWithMark(mutated) ? json : mutated;
    }

    private byte[] once(byte[] json) {
        int at = random.nextInt(json.length + 1);
        byte any = random.nextBoolean() ? telling() : (byte) random.nextInt(256);
        return switch (random.nextInt(5)) {
            case 0 -> join(Arrays.copyOf(json, at), new byte[] {any}, tail(json, at));
            case 1 -> join(Arrays.copyOf(json, at), tail(json, at + 1));
            case 2 -> join(Arrays.copyOf(json, at), new byte[] {any}, tail(json, at + 1));
            case 3 -> Arrays.copyOf(json, at);
            default -> join(Arrays.copyOf(json, at), tail(json, Math.max(0, at - 3)));
        };
    }

    private byte telling() {
        return TELLING[random.nextInt(TELLING.length)];
    }

    private static byte[] tail(byte[] json, int from) {
        return Arrays.copyOfRange(json, Math.min(from, json.length), json.length);
    }

    private static byte[] join(byte[]... parts) {
        var all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static boolean startsWithMark(byte[] json) {
        return json.length >= MARK.length
                && Arrays.equals(json, 0, MARK.length, MARK, 0, MARK.length);
    }
}
