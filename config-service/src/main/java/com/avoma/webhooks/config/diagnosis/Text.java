package com.avoma.webhooks.config.diagnosis;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text of others, made fit for a sentence.
final class Text {
    /// Characters of a diagnosis at most.
    static final int LONGEST = 600;

    /// Characters of what another said at most.
    private static final int LONGEST_QUOTE = 300;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");

    /// What an address may carry that is nobody else's business: credentials, query and fragment.
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?#]*)[?#]\\S*");

    private static final Pattern CREDENTIALS = Pattern.compile("(https?://)[^\\s/@]*@");

    private Text() {}

    /// One line without control characters and secrets of addresses, of bounded length, that ends
    /// in a full stop; empty where there is none.
    static String sentence(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        line = CREDENTIALS.matcher(QUERY.matcher(line).replaceAll("$1")).replaceAll("$1");
        if (line.isEmpty()) {
            return "";
        }
        line = cut(line, LONGEST_QUOTE);
        return line.endsWith(".") || line.endsWith("…") ? line : line + ".";
    }

    /// At most so many characters, with an ellipsis where some are missing.
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }

    static boolean contains(@Nullable String text, String... words) {
        if (text == null) {
            return false;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        for (var word : words) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /// Parts that are there, with a space between.
    static String join(String... parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            if (!part.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(part);
            }
        }
        return text.toString();
    }
}
