package com.avoma.webhooks.config.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerPropertiesTest {
    private static final String PREFIX = "webhooks.ledger";

    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(LedgerProperties.class, PREFIX))
                .isEqualTo(
                        new LedgerProperties(Duration.ofMinutes(1), Duration.ofMinutes(5), 50_000));
    }

    @Test
    void takesValues() {
        assertThat(
                        BoundProperties.of(
                                LedgerProperties.class,
                                PREFIX,
                                "interval",
                                "10s",
                                "slack",
                                "1m",
                                "scan",
                                "1000"))
                .isEqualTo(
                        new LedgerProperties(Duration.ofSeconds(10), Duration.ofMinutes(1), 1_000));
    }

    @Test
    void refusesWhatLooksAtNothing() {
        assertThat(BoundProperties.refusal(LedgerProperties.class, PREFIX, "interval", "0s"))
                .isEqualTo("interval: PT0S (expected: > 0)");
        assertThat(BoundProperties.refusal(LedgerProperties.class, PREFIX, "slack", "-1s"))
                .isEqualTo("slack: PT-1S (expected: > 0)");
        assertThat(BoundProperties.refusal(LedgerProperties.class, PREFIX, "scan", "0"))
                .isEqualTo("scan: 0 (expected: > 0)");
    }
}
