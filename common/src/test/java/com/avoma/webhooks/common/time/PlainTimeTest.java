package com.avoma.webhooks.common.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-01T10:00:00Z",
                "2024-02-29T23:59:59.9Z",
                "1969-12-31T23:59:59.123456789Z",
                "0001-01-01T00:00:00.000Z"
            })
    void readsThePlainForm(String text) {
        assertThat(PlainTime.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-01T10:00:00",
                "2026-11-01t10:00:00Z",
                "2026-11-01T10:00:00z",
                "2026-11-01T10:00:00+01:00",
                "2026-11-01T10:00:00.Z",
                "2026-11-01T10:00:00.1234567890Z",
                "2026-11-01T10:00:00.12x4Z",
                "2026-11-01T10:00:00,5Z",
                "2026-02-29T10:00:00Z",
                "2026-11-01T24:00:00Z",
                "2026-11-01T10:00:60Z",
                "٢٠٢٦-11-01T10:00:00Z"
            })
    void leavesEverythingElseToSomebodyElse(String text) {
        assertThat(PlainTime.parse(text)).isNull();
    }
}
