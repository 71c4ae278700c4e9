package com.avoma.webhooks.common.json;

import java.util.HexFormat;

/// Strings as [Json] writes them, for those who write a record without it because it costs too
/// much.
public final class JsonText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private JsonText() {}

    /// Appends the text in quotes, with what has to be escaped escaped. Half a surrogate pair is
    /// escaped too, so that it is not lost when the whole becomes UTF-8.
    public static void append(StringBuilder out, String text) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c) || (Character.isSurrogate(c) && !isAlone(text, i))) {
                continue;
            }
            out.append(text, plain, i);
            escape(out, c);
            plain = i + 1;
        }
        out.append(text, plain, text.length()).append('"');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
    }

    private static boolean isAlone(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static void escape(StringBuilder out, char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case '\f' -> out.append('f');
            case '\r' -> out.append('r');
            default -> out.append('u').append(HEX.toHexDigits(c));
        }
    }
}
