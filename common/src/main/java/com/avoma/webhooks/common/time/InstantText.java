package com.avoma.webhooks.common.time;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Times as [Instant#toString] prints them, without a formatter: each event pays for three.
public final class InstantText {
    private static final int DAY = 86_400;
    private static final int SECONDS_FORM = "0000-00-00T00:00:00Z".length();

    /// From 0000-03-01 to 1970-01-01.
    private static final int DAYS_BEFORE_EPOCH = 719_468;

    private static final int DAYS_OF_ERA = 146_097;

    /// Year 1 to 9999: what is outside has signs or more digits.
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();

    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /// The most characters that a time can have.
    public static final int LONGEST = Instant.MIN.toString().length() + ".000000000".length();

    private InstantText() {}

    /// The time in ISO 8601, in UTC, with three, six or nine digits of a fraction where it has one.
    public static String of(Instant time) {
        var text = new byte[LONGEST];
        return new String(text, 0, put(time, text, 0), StandardCharsets.ISO_8859_1);
    }

    /// Puts what [#of] prints into an array that has room for it, [#LONGEST] in any case.
    ///
    /// @return the position behind it
    public static int put(Instant time, byte[] text, int at) {
        long second = time.getEpochSecond();
        if (second < FIRST || second > LAST) {
            byte[] printed = time.toString().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(printed, 0, text, at, printed.length);
            return at + printed.length;
        }
        int nano = time.getNano();
        int digits = nano == 0 ? 0 : nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
        int behind = at + SECONDS_FORM + (digits == 0 ? 0 : digits + 1);
        date(text, at, Math.toIntExact(Math.floorDiv(second, DAY)));
        time(text, at, Math.floorMod(second, DAY));
        if (digits > 0) {
            text[at + SECONDS_FORM - 1] = '.';
            int fraction = digits == 3 ? nano / 1_000_000 : digits == 6 ? nano / 1_000 : nano;
            number(text, at + SECONDS_FORM, digits, fraction);
        }
        text[behind - 1] = 'Z';
        return behind;
    }

    /// The Gregorian calendar counted in years that begin in March, so that the day that some years
    /// have more is their last, and in eras of 400 years, which all are of one length.
    private static void date(byte[] text, int at, int epochDay) {
        int day = epochDay + DAYS_BEFORE_EPOCH;
        int era = day / DAYS_OF_ERA;
        int dayOfEra = day % DAYS_OF_ERA;
        int yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        number(text, at, 4, 400 * era + yearOfEra + (month <= 2 ? 1 : 0));
        text[at + 4] = '-';
        number(text, at + 5, 2, month);
        text[at + 7] = '-';
        number(text, at + 8, 2, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
        text[at + 10] = 'T';
    }

    private static void time(byte[] text, int at, int secondOfDay) {
        number(text, at + 11, 2, secondOfDay / 3_600);
        text[at + 13] = ':';
        number(text, at + 14, 2, secondOfDay / 60 % 60);
        text[at + 16] = ':';
        number(text, at + 17, 2, secondOfDay % 60);
    }

    private static void number(byte[] text, int from, int digits, int number) {
        int rest = number;
        for (int at = from + digits - 1; at >= from; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
