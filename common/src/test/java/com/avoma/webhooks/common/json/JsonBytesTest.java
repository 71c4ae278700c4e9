package com.avoma.webhooks.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
    /// So little that all that is written has to make room.
    private final JsonBytes out = new JsonBytes(1);

    /// The seed is the repetition's number.
    @RepeatedTest(50)
    void writesUuidsAndNumbersAsTheyPrint(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var uuid = new UUID(random.nextLong(), random.nextLong());
        long number = random.nextLong() >>> random.nextInt(64);

        assertThat(text(out.uuid(uuid).ascii(",").number(number)))
                .isEqualTo("\"" + uuid + "\"," + number);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesNumbersOfAnyLength(long number) {
        assertThat(text(out.number(number))).isEqualTo(Long.toString(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain ~",
                "\u007f",
                "a \"quoted\" back\\slash / slash",
                "\b\t\n\f\r\u0000\u001f",
                "Café 🚀 \u2028",
                "half \ud83d"
            })
    void writesTextsAsJsonDoes(String text) {
        var written = out.text(text).text(null).bytes();

        var expected = new StringBuilder();
        JsonText.append(expected, text);
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(expected + "null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-01T10:00:00Z",
                "2026-11-01T10:00:00.123456789Z",
                "-0001-01-01T00:00:00Z"
            })
    void writesTimesInQuotes(String time) {
        assertThat(text(out.time(Instant.parse(time)))).isEqualTo("\"" + time + "\"");
    }

    @Test
    void hasRoomForTheLongestTime() {
        var first = Instant.MIN.plusNanos(1);
        assertThat(text(out.time(first).time(Instant.MAX).time(null)))
                .isEqualTo("\"" + first + "\"\"" + Instant.MAX + "\"null");
    }

    @Test
    void givesBytesOfTheirOwn() {
        byte[] before = out.ascii("1").bytes();
        out.ascii("2");
        assertThat(before).asString(StandardCharsets.US_ASCII).isEqualTo("1");
    }

    private static String text(JsonBytes json) {
        return new String(json.bytes(), StandardCharsets.US_ASCII);
    }
}
