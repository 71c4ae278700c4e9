package com.avoma.webhooks.dispatcher.event;

/// How a producer's value is repeated in a message: in quotes, short, and on one line.
final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    static String text(String value) {
        var shown = new StringBuilder("\"");
        int end = Math.min(value.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return shown.append(value.length() > LONGEST ? "…\"" : "\"").toString();
    }
}
