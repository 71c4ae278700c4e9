package com.avoma.webhooks.config.deliverylog;

import org.jspecify.annotations.Nullable;

/// Text as PostgreSQL can hold it: without the character NUL and halves of surrogate pairs, which
/// receivers can send. In their place is U+FFFD.
final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }

    private static String replaced(String text) {
        var copy = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c == 0 || Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE
                                ? REPLACEMENT
                                : c)
                .forEach(copy::appendCodePoint);
        return copy.toString();
    }
}
