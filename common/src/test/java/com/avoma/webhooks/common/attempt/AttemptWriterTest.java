package com.avoma.webhooks.common.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is what [Json] would have written, byte for byte.
class AttemptWriterTest {
    private static final String[] TEXTS = {
        "",
        "ok",
        "a \"quoted\" back\\slash / slash",
        "line\nend\r\ttab\b\f\u0000\u001f\u007f",
        "<html>&amp;'</html>",
        "Café 🚀 \u2028\u2029 \uFFFD 語"
    };

    /// The seed is the repetition's number.
    @RepeatedTest(200)
    void writesWhatJsonWrites(RepetitionInfo repetition) {
        var attempt = attempt(new Random(repetition.getCurrentRepetition()));

        assertThat(text(AttemptWriter.write(attempt))).isEqualTo(text(Json.write(attempt)));
    }

    @Test
    void isReadBack() {
        var attempt = attempt(new Random(0));

        assertThat(Json.read(AttemptWriter.write(attempt), AttemptRecord.class)).isEqualTo(attempt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut \ud83d", "\ude80 begun", "\ud83d\ud83d\ude80 both \ude80"})
    void losesNoHalfOfASurrogatePair(String excerpt) {
        var attempt = answered(excerpt);

        assertThat(Json.read(AttemptWriter.write(attempt), AttemptRecord.class)).isEqualTo(attempt);
    }

    private static AttemptRecord answered(String excerpt) {
        var plain = attempt(new Random(1));
        return new AttemptRecord(
                plain.messageId(),
                plain.organizationUuid(),
                plain.webhookUuid(),
                plain.eventId(),
                plain.eventSource(),
                plain.eventType(),
                plain.eventTime(),
                plain.number(),
                plain.startedAt(),
                plain.outcome(),
                plain.statusCode(),
                plain.failure(),
                plain.detail(),
                plain.durationMs(),
                plain.timings(),
                excerpt,
                plain.targetUrl(),
                plain.manual(),
                plain.test(),
                plain.certificateExpiresAt(),
                plain.verdict(),
                plain.reason(),
                plain.nextAttemptAt(),
                plain.job());
    }

    private static AttemptRecord attempt(Random random) {
        return new AttemptRecord(
                "msg_" + random.nextInt(),
                new UUID(random.nextLong(), random.nextLong()),
                new UUID(random.nextLong(), random.nextLong()),
                some(random, TEXTS),
                some(random, TEXTS),
                "AINOTE",
                time(random),
                random.nextInt(10),
                time(random),
                maybe(random, some(random, Outcome.values())),
                maybe(random, random.nextInt(100, 600)),
                maybe(random, some(random, Failure.values())),
                maybe(random, some(random, TEXTS)),
                random.nextLong(100_000),
                maybe(random, timings(random)),
                maybe(random, some(random, TEXTS)),
                maybe(random, "https://example.com/?a=\"b\""),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(random, time(random)),
                some(random, Verdict.values()),
                maybe(random, some(random, TEXTS)),
                maybe(random, time(random)),
                new Position(some(random, TEXTS), random.nextInt(50), random.nextLong()));
    }

    private static Timings timings(Random random) {
        return new Timings(
                maybe(random, 1L), maybe(random, 22L), maybe(random, 0L), maybe(random, 15_000L));
    }

    /// Whole seconds, milliseconds, microseconds or nanoseconds.
    private static Instant time(Random random) {
        int unit = some(random, 1_000_000_000, 1_000_000, 1_000, 1);
        return Instant.ofEpochSecond(
                random.nextLong(4_000_000_000L),
                (long) random.nextInt(1_000_000_000 / unit) * unit);
    }

    @SafeVarargs
    private static <T> T some(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static <T> @Nullable T maybe(Random random, T value) {
        return random.nextInt(3) == 0 ? null : value;
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
