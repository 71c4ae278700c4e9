package com.avoma.webhooks.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ratio | RATIO",
                "ratio of the p99s | RATIO",
                "bare Netty client, requests per CPU s | PER_CPU_SECOND",
                "config-service: until ready, s | SECONDS",
                "config-service: until then, CPU s | CPU_SECONDS",
                "config-service, AOT cache: resident when ready, MiB | MEBIBYTES",
                "delivery-service, deliveries per s (wall) | OTHER",
                "200 events a second: p50, ms | MILLISECONDS",
            })
    void isWhatTheNameEndsWith(String name, Unit unit) {
        assertThat(Unit.of(name)).isEqualTo(unit);
    }
}
