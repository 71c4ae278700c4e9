package com.avoma.webhooks.config.deliverylog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRecordTest {
    private final LogScenario scenario =
            new LogScenario(1, 20, Instant.parse("2026-03-01T12:00:00Z"), "");

    @Test
    void replacesWhatPostgresqlCannotHold() {
        var nul = "no \u0000 \ud83d half";
        var attempt =
                scenario.attempts.stream()
                        .filter(a -> nul.equals(a.responseExcerpt()))
                        .findFirst()
                        .orElseThrow();
        var json = new String(Json.write(attempt), StandardCharsets.UTF_8);
        var lone = json.replaceAll("no [^\"]* half", "no \\\\u0000 \\\\ud83d half");

        assertThat(LogRecord.attempt(lone.getBytes(StandardCharsets.UTF_8)).responseExcerpt())
                .isEqualTo("no \uFFFD \uFFFD half");
    }

    @Test
    void keepsWhatItCan() {
        var attempt = scenario.attempts.getFirst();
        var decision = scenario.decisions.getFirst();

        assertThat(LogRecord.attempt(Json.write(attempt)).job()).isEqualTo(attempt.job());
        assertThat(LogRecord.decision(Json.write(decision))).isEqualTo(decision);
    }

    @Test
    void cutsTimesToMicroseconds() {
        var json =
                new String(Json.write(scenario.attempts.getFirst()), StandardCharsets.UTF_8)
                        .replaceAll(
                                "\"event_time\":\"[^\"]*\"",
                                "\"event_time\":\"2026-03-01T12:00:00.123456789Z\"");

        assertThat(LogRecord.attempt(json.getBytes(StandardCharsets.UTF_8)).eventTime())
                .isEqualTo("2026-03-01T12:00:00.123456Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message_id",
                "organization_uuid",
                "webhook_uuid",
                "event_id",
                "event_time",
                "started_at",
                "verdict",
                "job"
            })
    void refusesAnAttemptWithout(String field) {
        var json =
                new String(Json.write(scenario.attempts.getFirst()), StandardCharsets.UTF_8)
                        .replace("\"" + field + "\"", "\"x\"");

        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> LogRecord.attempt(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0000-06-01T00:00:00Z", "-0001-06-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
    void refusesAYearThatPostgresqlDoesNotHave(String time) {
        var json =
                new String(Json.write(scenario.attempts.getFirst()), StandardCharsets.UTF_8)
                        .replaceAll("\"event_time\":\"[^\"]*\"", "\"event_time\":\"" + time + "\"");

        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> LogRecord.attempt(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("event_time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7"})
    void refusesWhatIsNoObject(String json) {
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> LogRecord.decision(json.getBytes(StandardCharsets.UTF_8)));
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> LogRecord.decision(null));
    }
}
