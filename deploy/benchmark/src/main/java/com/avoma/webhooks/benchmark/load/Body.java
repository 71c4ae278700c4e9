package com.avoma.webhooks.benchmark.load;

import com.avoma.webhooks.common.json.Payload;
import java.nio.charset.StandardCharsets;

/// A webhook body of a given length that begins with the moment it should have been sent at, so
/// that the receiver can tell how late it is.
public final class Body {
    private static final String BEGINNING = "{\"sent_at\":";
    private static final int DIGITS = 16;

    private Body() {}

    /// @param micros the moment, in microseconds since the epoch
    /// @param number tells bodies apart
    /// @param length in bytes, at least 128
    public static Payload of(long micros, long number, int length) {
        var text = new StringBuilder(length + 64);
        text.append(BEGINNING).append(micros);
        text.append(",\"event_type\":\"AINOTE\",\"number\":").append(number).append(",\"said\":[");
        for (int i = 0; text.length() < length - 80; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"by\":\"Ada ")
                    .append(number * 31 + i)
                    .append("\",\"text\":\"We agreed on a date\"}");
        }
        text.append("],\"rest\":\"");
        text.append("x".repeat(Math.max(0, length - text.length() - 2))).append("\"}");
        return Payload.of(text.toString());
    }

    /// The body of an event: a sample, and what makes it as long as it shall be.
    ///
    /// @param micros the moment, in microseconds since the epoch
    /// @param sample a JSON object with something in it
    /// @param length in bytes; a body is longer where the sample is
    public static Payload ofSample(long micros, String sample, int length) {
        var text = new StringBuilder(length + 64);
        text.append(BEGINNING).append(micros).append(',');
        text.append(sample, 1, sample.length() - 1);
        text.append(",\"rest\":\"");
        text.append("x".repeat(Math.max(0, length - text.length() - 2))).append("\"}");
        return Payload.of(text.toString());
    }

    /// How many bytes [#sentAt] needs.
    public static int headLength() {
        return BEGINNING.length() + DIGITS;
    }

    /// The moment that a body begins with; -1 where it does not.
    public static long sentAt(byte[] head) {
        var text = new String(head, StandardCharsets.US_ASCII);
        if (!text.startsWith(BEGINNING)) {
            return -1;
        }
        long micros = 0;
        for (int i = BEGINNING.length(); i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            micros = micros * 10 + digit;
        }
        return micros;
    }
}
