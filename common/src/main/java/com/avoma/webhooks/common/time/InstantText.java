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

    private InstantText() {}

    /// The time in ISO 8601, in UTC, with three, six or nine digits of a fraction where it has one.
    public static String of(Instant time) {
        long second = time.getEpochSecond();
        if (second < FIRST || second > LAST) {
            return time.toString();
        }
        int nano = time.getNano();
        int digits = nano == 0 ? 0 : nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
        var text = new byte[SECONDS_FORM + (digits == 0 ? 0 : digits + 1)];
        date(text, Math.toIntExact(Math.floorDiv(second, DAY)));
        time(text, Math.floorMod(second, DAY));
        if (digits > 0) {
            text[SECONDS_FORM - 1] = '.';
            int fraction = digits == 3 ? nano / 1_000_000 : digits == 6 ? nano / 1_000 : nano;
            number(text, SECONDS_FORM, digits, fraction);
        }
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /// The Gregorian calendar counted in years that begin in March, so that the day that some years
    /// have more is their last, and in eras of 400 years, which all are of one length.
    private static void date(byte[] text, int epochDay) {
        int day = epochDay + DAYS_BEFORE_EPOCH;
        int era = day / DAYS_OF_ERA;
        int dayOfEra = day % DAYS_OF_ERA;
        int yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        number(text, 0, 4, 400 * era + yearOfEra + (month <= 2 ? 1 : 0));
        text[4] = '-';
        number(text, 5, 2, month);
        text[7] = '-';
        number(text, 8, 2, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
        text[10] = 'T';
    }

    private static void time(byte[] text, int secondOfDay) {
        number(text, 11, 2, secondOfDay / 3_600);
        text[13] = ':';
        number(text, 14, 2, secondOfDay / 60 % 60);
        text[16] = ':';
        number(text, 17, 2, secondOfDay % 60);
    }

    private static void number(byte[] text, int from, int digits, int number) {
        int rest = number;
        for (int at = from + digits - 1; at >= from; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
