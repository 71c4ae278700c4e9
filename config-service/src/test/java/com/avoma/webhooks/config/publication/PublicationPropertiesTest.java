package com.avoma.webhooks.config.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublicationPropertiesTest {
    private static final String PREFIX = "webhooks.publication";

    @Test
    void hasDefaults() {
        assertThat(BoundProperties.of(PublicationProperties.class, PREFIX))
                .isEqualTo(
                        new PublicationProperties(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(3),
                                Duration.ofMillis(50),
                                Duration.ofSeconds(1)));
    }

    @Test
    void takesEachValue() {
        assertThat(
                        BoundProperties.of(
                                PublicationProperties.class,
                                PREFIX,
                                "patience",
                                "1s",
                                "lease",
                                "2s",
                                "poll-interval",
                                "3ms",
                                "broker-timeout",
                                "4s"))
                .isEqualTo(
                        new PublicationProperties(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(3),
                                Duration.ofSeconds(4)));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(BoundProperties.refusal(PublicationProperties.class, PREFIX, "lease", "0s"))
                .isEqualTo("lease: PT0S (expected: > 0)");
    }
}
